/** A picture drawn as wide as its place: measured before it is first painted, and in the reader's own size of type. */

import { createEffect, createSignal, onCleanup, onMount, type JSX } from "solid-js";
import type { Picture } from "#internal.ts";
import { domOf } from "../node-view.tsx";

/** Pixels of a drawing are those of type at 16 pixels; a reader's larger type makes it larger. */
function typeScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}

/** Pixels between the margins of an upright A4 sheet. */
const paperWidth = 680;

export function DrawnPicture(props: {
  /** Null where the place is too narrow for it, or there is nothing to draw. */
  readonly draw: (width: number) => Picture | null;
  readonly class?: string;
  /** Told of every new drawing. */
  readonly drawn?: (root: SVGElement) => void;
}): JSX.Element {
  const [width, setWidth] = createSignal(0);
  let place: HTMLDivElement | undefined;
  const measure = (): void => {
    const wide = Math.floor((place?.clientWidth ?? 0) / typeScale());
    if (wide >= 40) setWidth(wide);
  };
  onMount(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (place !== undefined) observer.observe(place);
    // A sheet's place is measured by nobody before it is printed.
    const toPaper = (): void => void setWidth(paperWidth);
    window.addEventListener("beforeprint", toPaper);
    window.addEventListener("afterprint", measure);
    onCleanup(() => {
      observer.disconnect();
      window.removeEventListener("beforeprint", toPaper);
      window.removeEventListener("afterprint", measure);
    });
  });
  createEffect(() => {
    const picture = width() === 0 ? null : props.draw(width());
    if (picture === null) return place?.replaceChildren();
    const root = domOf(picture.root) as SVGElement;
    root.style.width = "100%";
    root.style.maxWidth = `${picture.width / 16}rem`;
    place?.replaceChildren(root);
    props.drawn?.(root);
  });
  return <div class={props.class ?? "drawn"} ref={(element) => (place = element)} />;
}
