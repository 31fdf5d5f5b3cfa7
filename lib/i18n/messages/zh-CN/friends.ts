/** 朋友: people with whom one has exchanged a unit. */
export const friends = {
  pageTitle: "朋友",
  heading: "朋友",
  lead: "你来我往的人。这一页只有你自己看得到。",
  helpBack: {
    title: "给你添过，现在也在求助",
    line: "给你添过一格",
  },
  asking: {
    title: "换过一格，现在也在求助",
    line: "和你换过一格",
  },
  helped: {
    title: "你添过的，亮到哪儿了",
    line: "你添过一格",
  },
  lit: (units: number, unitsMax: number) => `已亮 ${units} 格，共 ${unitsMax} 格`,
  visit: "去看看",
  visitOf: (name: string) => `去看看${name}的页面`,
  freely: "添不添、什么时候添，都随你。",
  empty: {
    title: "这里还很安静",
    body: "你和朋友互相添过格，对方又打开了“让互助过的朋友看到我在求助”，才会出现在这里。匿名的心意不会出现。",
    code: "朋友给了短码？输入短码",
  },
  quiet: "换过一格的朋友，现在都没有在求助。有人愿意让你看到时，会出现在这里。",
  ask: {
    lead: "想让换过一格的朋友也看到你在求助？",
    settings: "在设置里打开或关闭",
  },
};
