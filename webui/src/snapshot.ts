// A panel of the page as a picture: its elements and the page's style inside an SVG, drawn on a canvas.

const NAMESPACE = "http://www.w3.org/1999/xhtml";
const MARGIN = 16;

/** Draw a panel at its whole height, at twice its size; buttons that only act are left out. */
export async function snapshot(panel: HTMLElement): Promise<HTMLCanvasElement> {
  const width = Math.max(panel.clientWidth, ...[...panel.querySelectorAll("table")].map((table) => table.offsetWidth + 2 * MARGIN));
  const copy = panel.cloneNode(true) as HTMLElement;
  for (const part of copy.querySelectorAll("[data-act], select")) part.remove();
  const page = document.createElementNS(NAMESPACE, "div");
  page.className = "snapshot";
  page.lang = document.documentElement.lang;
  page.append(style(), copy);
  const height = await heightOf(page, width);
  const body = new XMLSerializer().serializeToString(page);
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${body}</foreignObject></svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  const pen = canvas.getContext("2d")!;
  pen.scale(2, 2);
  pen.drawImage(image, 0, 0, width, height);
  return canvas;
}

function style(): HTMLStyleElement {
  const found = document.createElementNS(NAMESPACE, "style") as HTMLStyleElement;
  found.textContent = [...document.querySelectorAll("head style")].map((sheet) => sheet.textContent).join("\n");
  return found;
}

/** The height that the copy takes at a width, measured out of sight. */
async function heightOf(page: HTMLElement, width: number): Promise<number> {
  const place = document.createElement("div");
  place.className = "out-of-sight";
  place.style.width = `${width}px`;
  place.append(page);
  document.body.append(place);
  const height = Math.ceil(page.getBoundingClientRect().height);
  place.remove();
  return height;
}
