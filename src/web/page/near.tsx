/** Shows a part of the page once it comes near the reader's sight, or the page is printed: its script and its work come only then. */

import { createSignal, onCleanup, onMount, Show, Suspense, type JSX } from "solid-js";

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
        <Suspense fallback={<p class="under">Being drawn…</p>}>{props.children}</Suspense>
      </Show>
    </div>
  );
}
