/** The name of a language is written in that language everywhere. */
export const language = {
  label: "语言",
  "zh-CN": "中文",
  en: "English",
};
