/* `WeixinJSBridge` as the client injects it: late, with callbacks that never run inside the call
   (wechat.md §1.7, §4). */
((sandbox) => {
  const payFields = ["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"];
  const listeners = new Map();

  const later = (callback, answer) => {
    if (typeof callback === "function") setTimeout(() => callback(answer), 0);
  };

  const pay = (params, callback) => {
    const answer = (result, message) => {
      const failure = result === "fail" ? { err_desc: message } : {};
      later(callback, { err_msg: `get_brand_wcpay_request:${result}`, ...failure });
    };
    // The iOS client reads every value as a string and reports a number as a missing parameter.
    const missing = payFields.find((name) => typeof params[name] !== "string" || !params[name]);
    if (missing) {
      const message = `调用支付JSAPI缺少参数：${missing}`;
      sandbox.toast(message);
      answer("fail", message);
      return;
    }
    const values = Object.fromEntries(payFields.map((name) => [name, params[name]]));
    sandbox.openCashier(values, answer);
  };

  const closeWindow = (_params, callback) => {
    later(callback, { err_msg: "close_window:ok" });
    sandbox.showClosedWindow();
  };

  const accept = (name) => (_params, callback) => later(callback, { err_msg: `${name}:ok` });
  const functions = {
    getBrandWCPayRequest: pay,
    closeWindow,
    hideOptionMenu: accept("hide_option_menu"),
    showOptionMenu: accept("show_option_menu"),
    hideToolbar: accept("hide_toolbar"),
    showToolbar: accept("show_toolbar"),
    setFontSizeCallback: accept("setFontSizeCallback"),
    getNetworkType: (_params, callback) => later(callback, { err_msg: "network_type:wifi" }),
  };

  sandbox.bridge = {
    invoke(name, params, callback) {
      const run = Object.hasOwn(functions, name) ? functions[name] : null;
      if (run) run(params || {}, callback);
      else later(callback, { err_msg: "system:function_not_exist" });
    },
    on(name, listener) {
      listeners.set(name, listener);
    },
    call(name, params) {
      this.invoke(name, params);
    },
  };

  /** What the client calls when a person chooses an entry of its menu. */
  sandbox.emitBridgeEvent = (name, detail) => {
    const listener = listeners.get(name);
    if (listener) listener(detail);
  };

  setTimeout(() => {
    window.WeixinJSBridge = sandbox.bridge;
    document.dispatchEvent(new Event("WeixinJSBridgeReady"));
  }, 0);
})(window.__wechatSandbox);
