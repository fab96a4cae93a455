/** Shows a part of the page once it comes near the reader's sight, or the page is printed: its script and its work come only then. */

import { createSignal, onCleanup, onMount, Show, Suspense, type JSX } from "solid-js";

/** Frames that a part has to be drawn in before the page is printed without it. */
const mostFrames = 600;

/** Prints the page once all that comes near only later is drawn. Asked for by the browser's own command, what is not drawn by then is left out. */
export async function printWhole(): Promise<void> {
  window.dispatchEvent(new Event("beforeprint"));
  for (let frame = 0; frame < mostFrames && document.querySelector(".waiting") !== null; frame++)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  window.print();
}

export function Near(props: { readonly children: JSX.Element }): JSX.Element {
  const [isNear, setNear] = createSignal(false);
  const [place, setPlace] = createSignal<HTMLDivElement>();
  const show = (): void => void setNear(true);
  onMount(() => {
    const element = place();
    if (element === undefined) return;
    const observer = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && show(), {
      rootMargin: "150px",
    });
    observer.observe(element);
    window.addEventListener("beforeprint", show);
    onCleanup(() => {
      observer.disconnect();
      window.removeEventListener("beforeprint", show);
    });
  });
  return (
    <div ref={setPlace} class="near">
      <Show when={isNear()}>
        <Suspense fallback={<p class="under waiting">Being drawn…</p>}>{props.children}</Suspense>
      </Show>
    </div>
  );
}
