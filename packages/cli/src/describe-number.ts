/** `1 job`, `2 jobs` */
export const describeNumber = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
