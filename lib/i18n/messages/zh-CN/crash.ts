/** In its own file, because both languages of it travel to the browser with every page. */
export const crash = {
  heading: "这一页没有打开",
  lead: "问题出在我们这边，已经记录下来。你付过的款不受影响，去向随时可在“我的”里查到。",
  retry: "再试一次",
  payments: "查看我的付款",
  reference: "问题编号",
};
