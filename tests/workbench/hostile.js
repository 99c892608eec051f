// Two hundred texts that act where a page takes text for markup: tags, handlers, addresses, styles, templates, broken quoting.

const act = "window.__struck=(window.__struck||0)+1";
const tags = [
  `<script>${act}</script>`, `<SCRIPT>${act}</SCRIPT>`, `<script src=/api/session onerror=${act}></script>`, `<scr<script>ipt>${act}</scr</script>ipt>`, `<script >${act}</script >`,
  `<img src=x onerror=${act}>`, `<img src=x onerror="${act}">`, `<img src='x' onerror='${act}'/>`, `<IMG SRC=x ONERROR=${act}>`, `<img/src=x/onerror=${act}>`,
  `<svg onload=${act}>`, `<svg><script>${act}</script></svg>`, `<svg><animate onbegin=${act} attributeName=x dur=1s>`, `<svg><a xlink:href="javascript:${act}"><text x=9 y=9>x</text></a></svg>`, `<svg/onload=${act}>`,
  `<body onload=${act}>`, `<iframe src="javascript:${act}"></iframe>`, `<iframe srcdoc="<script>parent.${act}</script>"></iframe>`, `<object data="javascript:${act}"></object>`, `<embed src="javascript:${act}">`,
  `<a href="javascript:${act}">press</a>`, `<a href=" javascript:${act}">press</a>`, `<a href="java&#9;script:${act}">press</a>`, `<form action="javascript:${act}"><button>go</button></form>`, `<button formaction="javascript:${act}">go</button>`,
  `<input autofocus onfocus=${act}>`, `<select autofocus onfocus=${act}>`, `<textarea autofocus onfocus=${act}>`, `<details open ontoggle=${act}>`, `<video><source onerror=${act}></video>`,
  `<audio src=x onerror=${act}>`, `<marquee onstart=${act}>`, `<div onpointerenter=${act}>x</div>`, `<style>@import'/x';*{color:red}</style>`, `<link rel=stylesheet href=/x onload=${act}>`,
  `<meta http-equiv=refresh content="0;url=javascript:${act}">`, `<base href="javascript:${act}//">`, `<math><mtext><table><mglyph><style><img src=x onerror=${act}>`, `<template><script>${act}</script></template>`, `<noscript><p title="</noscript><img src=x onerror=${act}>">`,
];
const closers = [`"`, `'`, `">`, `'>`, `</title>`, `</style>`, `</script>`, `</text>`, `</textarea>`, `-->`, `]]>`, "`"];
const odd = [
  `javascript:${act}`, `data:text/html,<script>${act}</script>`, `vbscript:${act}`, `{{constructor.constructor('${act}')()}}`, `\${${act}}`, `{@html '<img src=x onerror=${act}>'}`, `<%= ${act} %>`, `#{${act}}`,
  `&lt;script&gt;${act}&lt;/script&gt;`, `&#60;img src=x onerror=${act}&#62;`, `\\u003cscript\\u003e${act}\\u003c/script\\u003e`, `%3Cscript%3E${act}%3C/script%3E`, `=HYPERLINK("javascript:${act}")`, `@import 'x'`, `url(javascript:${act})`,
  `[press](javascript:${act})`, `![x](x"onerror="${act})`, `x" onmouseover="${act}`, `x' onmouseover='${act}`, `x onmouseover=${act} y`, `');${act};//`, `";${act};//`, `</script><script>${act}</script>`, `__proto__`, `constructor`,
  `<!--<img src=x onerror=${act}>-->`, `<![CDATA[<img src=x onerror=${act}>]]>`, `<?xml version="1.0"?><x onload=${act}/>`, `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${act}</x:script>`, `<set attributeName=onmouseover to=${act}>`,
];

/** Exactly two hundred. */
export const hostile = [...tags, ...odd, ...tags.flatMap((tag, place) => closers.map((closer, turn) => ({ text: closer + tag, at: (place + turn * 7) % 40 })).filter((one) => one.at % 3 === 0).map((one) => one.text))].slice(0, 200);
