export const dates = {
  today: "今天",
  yesterday: "昨天",
  tomorrow: "明天",
  day: (date: { month: number; day: number }) => `${date.month} 月 ${date.day} 日`,
  dayOfYear: (date: { year: number; month: number; day: number }) =>
    `${date.year} 年 ${date.month} 月 ${date.day} 日`,
  month: (date: { year: number; month: number }) => `${date.year} 年 ${date.month} 月`,
};
