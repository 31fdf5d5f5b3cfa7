/** The tone last chosen on this device. It says nothing of anybody, so it may outlive the tab. */
import { TONES, type Tone } from "@/lib/asking/limits";

const KEY = "ask:tone";

export function loadTone(): Tone {
  try {
    const stored = localStorage.getItem(KEY);
    return TONES.find((tone) => tone === stored) ?? TONES[0];
  } catch {
    return TONES[0];
  }
}

export function saveTone(tone: Tone): void {
  try {
    localStorage.setItem(KEY, tone);
  } catch {
    // Without storage the plain one is offered next time.
  }
}
