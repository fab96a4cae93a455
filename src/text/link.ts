/** Says whether a page may lead its readers to an address. */

/** Within the page, to the web, or to a mailbox: nothing that runs. */
export function isSafeLink(target: string): boolean {
  return /^(#|https?:\/\/|mailto:)/i.test(target);
}

/** Where a reader may answer: a page of the web or a mailbox, whole, without blanks. */
export function isReplyAddress(target: string): boolean {
  return /^(https:\/\/[^\s/]+|mailto:[^\s@]+@[^\s@]+)[^\s]*$/i.test(target);
}
