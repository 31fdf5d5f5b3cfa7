/**
 * How long a poster takes: the process's first, then posters that differ in every way one after the
 * other, then one that is kept. Drawing only; the database's part is the shared page's.
 */
import { drawPicture } from "@/lib/pictures/draw-picture";
import { PictureStore } from "@/lib/pictures/picture-store";
import { pictureVersion } from "@/lib/pictures/picture-version";
import type { PolicyPicture } from "@/lib/pictures/views";

const POSTERS = 100;
const KEPT_READS = 1_000;
const P50_MS_MAX = 300;

const NAMES = [
  "小雨",
  "海生",
  "明慧",
  "建国",
  "㛃仪",
  "𠮷野",
  "犇",
  "燚翀",
  "Wilhelmina",
  "阿依古丽",
];

function posterOf(index: number): PolicyPicture {
  const units = (index % 100) + 1;
  return {
    locale: index % 4 === 3 ? "en" : "zh-CN",
    state: units === 100 ? "full" : "open",
    askerName: NAMES[index % NAMES.length] ?? "小雨",
    isFaceShown: index % 2 === 0,
    units,
    unitsMax: 100,
    maturedUnits: Math.floor(units / 3),
    coverYuan: units * 1_000,
    coverPerUnitYuan: 1_000,
    collectingDaysLeft: index % 30,
    waitingDays: 90,
    url: `https://weihuzhu.example.com/p/Bench${String(index).padStart(17, "0")}`,
    shortCode: { place: "weihuzhu.example.com/c", code: "K7MQ 2XPA" },
    insurer: {
      name: "示例人寿保险有限公司",
      productName: "微互助一年期防癌疾病保险（互联网专属）",
      filingNo: "演示备案-2026-0001",
      isDemonstration: true,
    },
  };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export async function benchPosters(): Promise<boolean> {
  const pictures = new PictureStore();
  const draw = (index: number): Promise<Buffer> => {
    const poster = { kind: "poster", picture: posterOf(index) } as const;
    return pictures.get(pictureVersion(poster), () => drawPicture(poster));
  };
  const firstMs = await timeOf(() => draw(0));
  const warm: number[] = [];
  const bytes: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let index = 1; index <= POSTERS; index++) {
    warm.push(await timeOf(async () => bytes.push((await draw(index)).byteLength)));
  }
  const cpu = process.cpuUsage(cpuBefore);
  const kept: number[] = [];
  for (let read = 0; read < KEPT_READS; read++) kept.push(await timeOf(() => draw(POSTERS)));
  const p50 = percentile(warm, 0.5);
  const line = (name: string, value: string) =>
    console.log(`${name.padEnd(34)}${value.padStart(12)}`);
  line("first of the process", `${firstMs.toFixed(0)} ms`);
  line(`${POSTERS} different ones, p50`, `${p50.toFixed(0)} ms`);
  line(`${POSTERS} different ones, p99`, `${percentile(warm, 0.99).toFixed(0)} ms`);
  line("processor time each", `${((cpu.user + cpu.system) / 1_000 / POSTERS).toFixed(0)} ms`);
  line("kept, p50", `${percentile(kept, 0.5).toFixed(3)} ms`);
  line("PNG, median", `${(percentile(bytes, 0.5) / 1_024).toFixed(0)} kB`);
  line("memory of the process", `${(process.memoryUsage().rss / 1_048_576).toFixed(0)} MB`);
  console.log(p50 <= P50_MS_MAX ? "\nwithin" : "\nNOT within", `${P50_MS_MAX} ms at the median`);
  return p50 <= P50_MS_MAX;
}
