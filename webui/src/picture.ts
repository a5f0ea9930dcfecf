// Pictures to take away: the ranking drawn on a canvas, the map as it stands; title above, source below.

import { placeName, scoreText, type App } from "./app";
import { COLOURS, rankRange, tierColour, tierWords } from "./marks";
import { scoreSpan } from "./ranking";

const FONT = '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const EDGE = 24;
const LINE = 26;
const HEAD = 64;

interface Sheet {
  pen: CanvasRenderingContext2D;
  canvas: HTMLCanvasElement;
}

function sheet(app: App, width: number, height: number, heading: string, foot: string): Sheet {
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  const pen = canvas.getContext("2d")!;
  pen.scale(2, 2);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  write(pen, app.words.of(app.book.data.study.title), EDGE, 28, `600 17px ${FONT}`, "#111");
  write(pen, heading, EDGE, 48, `12.5px ${FONT}`, "#555");
  write(pen, foot, EDGE, height - 14, `11px ${FONT}`, "#555", width - 2 * EDGE);
  return { pen, canvas };
}

function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, font: string, colour: string, most?: number): void {
  pen.font = font;
  pen.fillStyle = colour;
  let shown = text;
  while (most && shown.length > 1 && pen.measureText(shown).width > most) shown = `${shown.slice(0, -2)}…`;
  pen.fillText(shown, x, y);
}

/** The ranking with bars, intervals and tiers. */
export function rankingPicture(app: App, heading: string, foot: string): HTMLCanvasElement {
  const [width, barLeft, barWide] = [900, 270, 330];
  const { pen, canvas } = sheet(app, width, HEAD + LINE * app.now.rows.length + 44, heading, foot);
  const [least, most] = scoreSpan(app);
  const x = (value: number): number => barLeft + (barWide * (value - least)) / (most - least);
  app.now.rows.forEach((row, k) => {
    const y = HEAD + LINE * (k + 0.5);
    const base = y + 4.5;
    const font = `13px ${FONT}`;
    write(pen, String(row.rank ?? "—"), EDGE, base, font, "#111");
    write(pen, placeName(app, row.place), EDGE + 32, base, font, "#111", barLeft - EDGE - 44);
    pen.fillStyle = row.tier < 0 ? COLOURS[0]! : tierColour(row.tier);
    pen.globalAlpha = 0.45;
    pen.fillRect(x(Math.min(0, row.score ?? 0)), y - 7, Math.abs(x(row.score ?? 0) - x(0)), 14);
    pen.globalAlpha = 1;
    pen.fillStyle = "#222";
    if (row.low !== null) pen.fillRect(x(row.low), y - 0.75, Math.max(1, x(row.high ?? row.low) - x(row.low)), 1.5);
    write(pen, scoreText(app, row.score), barLeft + barWide + 18, base, font, "#111");
    write(pen, rankRange(app, row), barLeft + barWide + 80, base, font, "#111");
    const share = row.shares.length ? ` ${app.words.percent(Math.max(...row.shares))}` : "";
    if (app.model.tiered) write(pen, `${tierWords(app, row)}${share}`, barLeft + barWide + 140, base, font, "#111", width - barLeft - barWide - 160);
  });
  return canvas;
}

/** The map as it stands, with title and source. */
export function mapPicture(app: App, image: HTMLImageElement, heading: string, foot: string): HTMLCanvasElement {
  const [width, height] = [image.naturalWidth / 2, image.naturalHeight / 2];
  const { pen, canvas } = sheet(app, width, HEAD + height + 36, heading, foot);
  pen.drawImage(image, 0, HEAD, width, height);
  return canvas;
}
