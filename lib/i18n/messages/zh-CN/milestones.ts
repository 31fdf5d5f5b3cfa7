export const milestones = {
  /** One sentence for each moment; a smaller grid says its own numbers. */
  moments: {
    1: {
      title: "第 1 格亮了",
      body: () => "是你自己点亮的。从这一格起，保障就有了开头。",
    },
    10: {
      title: "十格，整整一排",
      body: () => "已经有一排人站在你身后了，不吵，但都在。",
    },
    30: {
      title: "三十格了",
      body: () => "差不多是一个班的人。点名的话，得点好一会儿。",
    },
    50: {
      title: "一半亮了",
      body: (cells: number) => `${cells} 格，每一格都是有人停下来想了想你。`,
    },
    99: {
      title: "只留着一格",
      body: (cells: number) => `${cells} 格都亮了。留一格空着也挺好看，它在那儿，不着急。`,
    },
    100: {
      title: "满格了",
      body: (cells: number) => `${cells} 格，一格不少。今天适合请自己吃顿好的。`,
    },
  },
  close: "收好了",
  keep: "看满格纪念页",
  full: {
    pageTitle: "满格纪念",
    heading: "满格了",
    lead: (cover: string) => `${cover} 保障，一格一格，都是人点亮的。`,
    storyTitle: "这一路",
    took: (days: number) => (days <= 1 ? "一天之内就亮满了" : `从头到尾，用了 ${days} 天`),
    cell: (cells: number) => `第 ${cells} 格`,
    lastCell: (cells: number) => `第 ${cells} 格，满了`,
    busiest: (day: string, cells: number) => `${day}那天来的人多，一下亮了 ${cells} 格。`,
    thanksTitle: "谢谢这些人",
    thanksLead: "按来的先后。只有你看得到这份名单。",
    nameless: (count: number) => `还有 ${count} 位没留名字的朋友，也谢谢。`,
    nobody: "来的朋友都没留名字。谢谢每一位。",
    poster: "看满格海报",
    wall: "去对他们说声谢谢",
    back: "回到保单",
  },
};
