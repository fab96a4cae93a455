/** Where the page starts: reads the case it was shipped with, and shows it. */

import { render } from "solid-js/web";
import { readPage } from "#internal.ts";
import { App } from "./app.tsx";
import "./style/page.css";
import "./style/first.css";
import "./style/panels.css";
import "./style/workbench.css";
import "./style/print.css";

const place = document.getElementById("page");
const text = document.getElementById("case")?.textContent ?? "";
if (place !== null) {
  try {
    const data = readPage(text);
    place.replaceChildren();
    render(() => <App data={data} />, place);
    performance.mark("casus-ready");
  } catch (error) {
    const notice = document.createElement("p");
    notice.setAttribute("role", "alert");
    notice.textContent = `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}.`;
    place.prepend(notice);
  }
}
