import { Dialog } from './dialog.tsx'

const shortcuts: readonly (readonly [keys: readonly string[], action: string])[] = [
  [['↓', '↑', 'j', 'k'], 'Select the next or the previous job'],
  [['Enter'], 'Open the details of the selected job'],
  [['Esc'], 'Close the details, or clear the search'],
  [['/'], 'Search'],
  [['t'], 'Switch between table and timeline'],
  [['c'], 'Cancel the job whose details are open'],
  [['?'], 'Show these shortcuts'],
]

export const HelpDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <Dialog title="Keyboard shortcuts" onClose={onClose}>
    <dl class="shortcuts">
      {shortcuts.map(([keys, action]) => (
        <div key={action}>
          <dt>
            {keys.map(key => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{action}</dd>
        </div>
      ))}
    </dl>
    <div class="buttons">
      <button type="button" onClick={onClose}>
        Close
      </button>
    </div>
  </Dialog>
)
