/** Shells with a completion script. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** The completion scripts. Each runs `jobscope __complete`, which prints one candidate and its description per line. */
export const scripts: { readonly [shell in Shell]: string } = {
  // Bash splits job references at their colons. So the script splits the line itself, and returns only the text after the
  // last colon. It quotes this text, because names of queues and owners come from a service and may contain commands.
  bash: `_jobscope() {
  local line=\${COMP_LINE:0:COMP_POINT} words=() candidate rest current text
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=\${words[\${#words[@]}-1]}
  COMPREPLY=()
  while IFS=$'\\t' read -r candidate rest; do
    [[ $candidate == "$current"* ]] || continue
    printf -v text %q "\${candidate#"\${current%"\${current##*:}"}"}"
    COMPREPLY+=("$text")
  done < <(jobscope __complete -- "\${words[@]:1}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o default -F _jobscope jobscope
`,
  zsh: `#compdef jobscope
_jobscope() {
  local -a found
  local line
  for line in "\${(@f)$(jobscope __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#found )); then _describe jobscope found; else _files; fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _jobscope "$@"; else compdef _jobscope jobscope; fi
`,
  fish: `function __jobscope_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (jobscope __complete -- $words[2..-1] 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c jobscope -f -k -a '(__jobscope_complete)'
`,
}
