/** Measures in a page what an eye would see: texts that lie over one another, are cut off, or stand outside the window. */

/** A piece of text on one line, as a person would point at it. */
interface Piece {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Runs in the page. Gives a line for each fault, at most twenty. */
export function boxFaults(): readonly string[] {
  /** Lines touch by the room that letters leave above and below: only their middle counts. */
  const inner = 0.25;
  /** Pixels that two boxes may share, and that rounding may add. */
  const slack = 2;
  const faults: string[] = [];
  const pieces: (Piece & { readonly element: Element })[] = [];

  const isFloating = (element: Element): boolean => {
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return true;
    return false;
  };
  const isForReaders = (element: Element): boolean => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      // As a text is kept for screen readers alone.
      if (style.position === "absolute" && box.width <= 2 && box.height <= 2) return true;
      if (style.clipPath !== "none" && box.width <= 2) return true;
    }
    return false;
  };
  /** The part of the screen that those around an element leave to it; a box that scrolls hides nothing for good. */
  const roomOf = (element: Element): Pick<Piece, "left" | "right" | "top" | "bottom"> => {
    const room = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const isSvg = at instanceof SVGSVGElement;
      const hides = (overflow: string): boolean => overflow === "hidden" || overflow === "clip";
      if (hides(style.overflowX) && (isSvg || !(at instanceof SVGElement))) {
        room.left = Math.max(room.left, box.left);
        room.right = Math.min(room.right, box.right);
      }
      if (hides(style.overflowY) && (isSvg || !(at instanceof SVGElement))) {
        room.top = Math.max(room.top, box.top);
        room.bottom = Math.min(room.bottom, box.bottom);
      }
      if (["auto", "scroll"].includes(style.overflowX))
        return { left: -Infinity, right: Infinity, top: room.top, bottom: room.bottom };
    }
    return room;
  };
  const isScrolled = (element: Element): boolean => {
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
    return false;
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = (node.textContent ?? "").trim();
    if (element === null || text === "" || element.closest("script, style, title, desc, option, textarea") !== null)
      continue;
    if (
      !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) ||
      isFloating(element) ||
      isForReaders(element)
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const room = roomOf(element);
    for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
      if (width < 1 || height < 1) continue;
      // Kept aside until it has the focus, as a link past the head of the page.
      if (right <= 0) continue;
      const shown = text.length > 50 ? `${text.slice(0, 50)}…` : text;
      pieces.push({ text: shown, element, left, right, top: top + inner * height, bottom: bottom - inner * height });
      const isOutside = (left < -slack || right > window.innerWidth + slack) && !isScrolled(element);
      if (isOutside) faults.push(`outside the window: '${shown}' from ${Math.round(left)} to ${Math.round(right)}`);
      const cut = Math.max(
        room.left - left,
        right - room.right,
        room.top - (top + inner * height),
        bottom - inner * height - room.bottom,
      );
      if (cut > slack) faults.push(`cut off by ${Math.round(cut)}: '${shown}'`);
    }
  }

  const byTop = pieces.toSorted((a, b) => a.top - b.top);
  byTop.forEach((a, i) => {
    for (const b of byTop.slice(i + 1)) {
      if (b.top >= a.bottom - slack) break;
      // One and the same text, drawn with an edge behind it.
      if (a.element === b.element || (a.text === b.text && Math.abs(a.left - b.left) < 1)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > slack && down > slack)
        faults.push(`over one another by ${Math.round(across)} × ${Math.round(down)}: '${a.text}' and '${b.text}'`);
    }
  });
  return faults.slice(0, 20);
}
