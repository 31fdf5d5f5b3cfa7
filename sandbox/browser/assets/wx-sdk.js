/* `window.wx`, the JS-SDK: every call answers asynchronously with `errMsg` through success, cancel or
   fail and then complete. Calls need a config that the sandbox has verified and that lists them. */
((sandbox) => {
  const config = { state: "absent", data: {}, error: null };
  const readyCallbacks = [];
  let errorCallback = null;

  const finish = (options, errMsg, extra) => {
    const answer = { errMsg, ...extra };
    const outcome = errMsg.slice(errMsg.indexOf(":") + 1);
    const callback = outcome === "ok" ? "success" : outcome === "cancel" ? "cancel" : "fail";
    setTimeout(() => {
      options[callback]?.(answer);
      options.complete?.(answer);
    }, 0);
  };

  /** Null when the call is allowed, else the words of the real client. */
  const refusalOf = (name) => {
    if (config.state === "absent" || config.state === "checking") {
      return "the permission value is offline verifying";
    }
    if (config.state === "failed") return "permission denied";
    return (config.data.jsApiList || []).includes(name) ? null : "permission denied";
  };

  const guarded = (name, run) => (options) => {
    const given = options || {};
    const refusal = refusalOf(name);
    if (!refusal) return run(given);
    sandbox.toast(`${name}：${refusal}`);
    return finish(given, `${name}:fail, ${refusal}`);
  };

  /* Android's client checks the address that the page has now, iOS's the one with which the document
     was loaded: pushState does not reach it. This script may run after such a push, so the load's own
     record is asked. */
  const landedOn = performance.getEntriesByType("navigation")[0]?.name || location.href;
  const isIos = /iPhone|iPad|iPod/.test(navigator.userAgent);
  const signedAddress = () => (isIos ? landedOn : location.href).split("#")[0];

  const checkConfig = async (data) => {
    const { appId, timestamp, nonceStr, signature } = data;
    const url = signedAddress();
    const response = await fetch(`${sandbox.sandboxUrl}/__sandbox/js-config/check`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ appId, timestamp, nonceStr, signature, url }),
    });
    const answer = (await response.json().catch(() => null)) || {};
    const isRefused = answer.ok === false || (answer.errMsg && answer.errMsg !== "config:ok");
    if (response.ok && !isRefused) return;
    throw new Error(answer.errMsg || "config:invalid signature");
  };

  const succeed = () => {
    config.state = "ready";
    for (const callback of readyCallbacks.splice(0)) callback({ errMsg: "config:ok" });
  };
  const refuse = (error) => {
    config.state = "failed";
    const isOurs = error.message.startsWith("config:");
    config.error = { errMsg: isOurs ? error.message : `config:fail, ${error.message}` };
    sandbox.toast(config.error.errMsg);
    errorCallback?.(config.error);
  };

  // As WeChat does it, "success" means that the card is set, never that somebody shared it.
  const setCard = (name, key, fields) =>
    guarded(name, (options) => {
      const card = Object.fromEntries(fields.map((field) => [field, options[field] || ""]));
      window[key] = card;
      finish(options, `${name}:ok`);
    });

  sandbox.hiddenMenuItems = new Set();
  const setMenu = (name, apply) =>
    guarded(name, (options) => {
      for (const item of options.menuList || []) apply(item);
      finish(options, `${name}:ok`);
    });

  const appCardFields = ["title", "desc", "link", "imgUrl"];
  const timelineCardFields = ["title", "link", "imgUrl"];
  const functions = {
    config(data) {
      Object.assign(config, { state: "checking", data: data || {}, error: null });
      checkConfig(config.data).then(succeed, refuse);
    },
    ready(callback) {
      if (config.state === "ready") callback({ errMsg: "config:ok" });
      else readyCallbacks.push(callback);
    },
    error(callback) {
      errorCallback = callback;
      if (config.state === "failed") callback(config.error);
    },
    checkJsApi(options) {
      const names = options.jsApiList || [];
      const checkResult = Object.fromEntries(names.map((name) => [name, name in known]));
      finish(options, "checkJsApi:ok", { checkResult });
    },
    chooseWXPay: guarded("chooseWXPay", (options) => {
      const { nonceStr, package: prepay, signType, paySign } = options;
      const params = { appId: config.data.appId, timeStamp: options.timestamp, nonceStr };
      Object.assign(params, { package: prepay, signType, paySign });
      sandbox.bridge.invoke("getBrandWCPayRequest", params, (answer) => {
        finish(options, answer.err_msg.replace("get_brand_wcpay_request", "chooseWXPay"));
      });
    }),
    updateAppMessageShareData: setCard(
      "updateAppMessageShareData",
      "__weixinShareCard",
      appCardFields,
    ),
    updateTimelineShareData: setCard(
      "updateTimelineShareData",
      "__weixinTimelineCard",
      timelineCardFields,
    ),
    hideMenuItems: setMenu("hideMenuItems", (item) => sandbox.hiddenMenuItems.add(item)),
    showMenuItems: setMenu("showMenuItems", (item) => sandbox.hiddenMenuItems.delete(item)),
    closeWindow() {
      sandbox.bridge.invoke("closeWindow");
    },
  };

  // The rest of the SDK exists and does nothing, so that a page that tries it is not broken by it.
  const harmless = [
    "hideOptionMenu",
    "showOptionMenu",
    "hideAllNonBaseMenuItem",
    "showAllNonBaseMenuItem",
    "getNetworkType",
    "previewImage",
    "chooseImage",
    "uploadImage",
    "getLocation",
    "openLocation",
    "scanQRCode",
    "onMenuShareTimeline",
    "onMenuShareAppMessage",
  ];
  const known = { ...functions };
  for (const name of harmless) {
    known[name] = (options) => finish(options || {}, `${name}:ok`);
  }

  /** Open tags are allowed by the same config, by name. */
  sandbox.isTagAllowed = (tag) =>
    config.state === "ready" && (config.data.openTagList || []).includes(tag);

  window.wx = known;
  window.jWeixin = known;
})(window.__wechatSandbox);
