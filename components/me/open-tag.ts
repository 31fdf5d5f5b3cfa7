/**
 * The element `<wx-open-subscribe>`. What is drawn inside it lives in a shadow of WeChat's, where our
 * styles do not reach, so the quiet button's are copied into it: colours and sizes as they are now.
 */
export function createOpenTag(templates: string, label: string): HTMLElement {
  const tag = document.createElement("wx-open-subscribe");
  tag.setAttribute("template", templates);
  tag.style.display = "block";
  const button = document.createElement("button");
  button.className = "ask";
  button.textContent = label;
  tag.append(
    createTemplate(`<style>${buttonStyles()}</style>`, "style"),
    createTemplate(button.outerHTML),
  );
  return tag;
}

/** A script that no browser runs: WeChat reads its text. */
function createTemplate(text: string, slot?: string): HTMLScriptElement {
  const script = document.createElement("script");
  script.type = "text/wxtag-template";
  if (slot) script.slot = slot;
  script.text = text;
  return script;
}

function buttonStyles(): string {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(name).trim();
  const rem = Number.parseFloat(styles.fontSize);
  return `.ask{display:block;box-sizing:border-box;width:100%;min-height:${3.25 * rem}px;margin:0;
padding:${0.75 * rem}px ${1.25 * rem}px;border:1px solid ${read("--line")};border-radius:${0.875 * rem}px;
background:${read("--card")};color:${read("--ink")};
font:700 ${1.1875 * rem}px/1.4 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;text-wrap:balance;cursor:pointer}
.ask:focus-visible{outline:3px solid ${read("--coral")};outline-offset:2px}`;
}
