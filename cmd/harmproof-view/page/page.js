// Starts the viewer in this page, and leads to the run as a text and back.
(async () => {
  "use strict";
  const progress = document.getElementById("progress");
  const root = document.documentElement;
  const say = (text) => { progress.textContent = text; };

  const fail = (why) => {
    root.classList.remove("running", "reading");
    document.querySelector("canvas")?.remove();
    progress.className = "failed";
    progress.setAttribute("role", "alert");
    say("The replay cannot be shown: " + why + ". The run as a text is below.");
  };

  // bytes takes something out of the page.
  const bytes = (id) => {
    const element = document.getElementById(id);
    const text = element.textContent;
    element.remove();
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  };

  // rest lets the browser show what was said.
  const rest = () => new Promise((done) => setTimeout(done, 30));

  const reading = (on) => {
    root.classList.toggle("reading", on);
    if (on) document.getElementById("report").focus();
    else document.querySelector("canvas")?.focus();
  };
  document.getElementById("read").addEventListener("click", (e) => { e.preventDefault(); reading(true); });
  window.addEventListener("hashchange", () => { if (root.classList.contains("running")) reading(false); });
  window.addEventListener("keydown", (e) => {
    if (!root.classList.contains("running")) return;
    const on = root.classList.contains("reading");
    if (e.key === "F6" || (on && e.key === "Escape")) {
      e.preventDefault();
      e.stopImmediatePropagation();
      reading(!on);
    }
  }, true);

  // The address says what is to be seen, for who copies it.
  let seen = "";
  const follow = () => {
    const s = globalThis.harmproof.state();
    if (s.playing) return;
    const link = "#t=" + s.time + (s.selected ? "&select=" + encodeURIComponent(s.selected) : "");
    if (seen && link !== seen) history.replaceState(null, "", link);
    seen = link;
  };

  // What the viewer asks of the page.
  globalThis.harmproofPage = {
    fail,
    ready: () => {
      const canvas = document.querySelector("canvas");
      canvas.setAttribute("role", "application");
      canvas.setAttribute("aria-label", document.title + ". The keys are shown by F1; F6 leads to the run as a text.");
      setInterval(follow, 500);
      // The first picture has been asked for and is not there yet: until it is, the text stays.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        if (!progress.classList.contains("failed")) root.classList.add("running");
      }));
    },
  };
  try {
    if (!globalThis.WebAssembly || !globalThis.DecompressionStream) throw new Error("this browser is too old: it has no WebAssembly or no DecompressionStream");
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("this browser has no WebGL 2, or it is switched off with the acceleration of graphics");
    const config = JSON.parse(document.getElementById("config").textContent);
    say("Unpacking the viewer");
    await rest();
    const packed = config.wasm ? (await fetch(config.wasm)).body : new Blob([bytes("viewer")]).stream();
    const code = await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    config.traces.forEach((t, i) => { if (!t.url) t.data = bytes("trace" + i); });
    globalThis.harmproofPage.start = config;
    say("Starting the viewer");
    await rest();
    const go = new Go();
    const { instance } = await WebAssembly.instantiate(code, go.importObject);
    await go.run(instance);
    if (!progress.classList.contains("failed")) fail("the viewer ended");
  } catch (e) {
    console.error(e);
    fail(e.message);
  }
})();
