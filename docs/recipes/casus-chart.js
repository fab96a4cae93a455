/**
 * The custom element `<casus-chart>`: one chart of a published case in any page.
 *
 *   <script type="module" src="casus-chart.js"></script>
 *   <casus-chart src="https://example.org/my-case/" chart="gap" label="What a guarantee changes"></casus-chart>
 *
 * `src` is the published folder or file, `chart` the name that the chart's own button 'Alone, to embed' shows, `label` what a screen reader says. A state of the
 * page, the part after `#` in its address, may follow `src`. `height` is in CSS pixels.
 */
class CasusChart extends HTMLElement {
  static observedAttributes = ["src", "chart", "label", "height"];

  connectedCallback() {
    this.#show();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  #show() {
    const src = this.getAttribute("src");
    const chart = this.getAttribute("chart");
    if (src === null || chart === null) {
      this.textContent = "casus-chart wants src and chart";
      return;
    }
    const address = new URL(src, document.baseURI);
    if (!["http:", "https:", "file:"].includes(address.protocol)) {
      this.textContent = "casus-chart wants the address of a page";
      return;
    }
    address.searchParams.set("embed", chart);
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = this.getAttribute("label") ?? `Chart ${chart}`;
    frame.loading = "lazy";
    // The page needs its script and nothing else of the reader's.
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-downloads");
    frame.style.cssText = "border: 0; width: 100%;";
    frame.style.height = `${Number(this.getAttribute("height") ?? 420) || 420}px`;
    this.replaceChildren(frame);
  }
}

customElements.define("casus-chart", CasusChart);
