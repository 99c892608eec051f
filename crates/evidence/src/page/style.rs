//! How the page looks, by day and by night, on paper and on a telephone.

/// The style sheet. Actors, quantities and dates have a ground; events and claims have a line under them, so that
/// both can be seen where they overlap.
pub(super) const CSS: &str = "
:root { color-scheme: light dark;
  --paper: light-dark(#fdfcf9, #17181a); --ink: light-dark(#1d1d1f, #e4e2dc); --faint: light-dark(#5f6266, #a2a5a9);
  --rule: light-dark(#dcd8cf, #35373b); --side: light-dark(#f5f2eb, #1e2023);
  --actor: light-dark(#cfe3f7, #1d4467); --quantity: light-dark(#f8e2b4, #5a4512); --date: light-dark(#dfead2, #33481f);
  --event: light-dark(#b3391f, #f0866c); --claim: light-dark(#6a4c93, #bfa0e8); --here: light-dark(#fff3a3, #5d5400); }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.06rem/1.65 Georgia, 'Noto Serif', 'Noto Naskh Arabic', serif; }
header, main { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 1.6rem; }
header p { color: var(--faint); margin: .2rem 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
.fine, .legend, aside { font-family: system-ui, 'Noto Sans', sans-serif; font-size: .86rem; line-height: 1.45; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; align-items: center; padding: .6rem 0; border-block: 1px solid var(--rule); }
.legend label { cursor: pointer; white-space: nowrap; padding: .2rem 0; }
main { display: grid; grid-template-columns: minmax(0, 42rem) minmax(17rem, 1fr); gap: 2.5rem; align-items: start; }
article { padding: 1rem 0 4rem; }
article p { margin: 0 0 .9rem; overflow-wrap: anywhere; }
a.m { color: inherit; text-decoration: none; }
a.m:focus-visible, li a:focus-visible, summary:focus-visible { outline: 2px solid var(--event); outline-offset: 2px; }
.actor { background: var(--actor); border-radius: .2em; }
.quantity { background: var(--quantity); border-radius: .2em; }
.date { background: var(--date); border-radius: .2em; }
.event { border-bottom: 2px solid var(--event); }
.trigger { font-weight: 700; }
.claim { text-decoration: underline dotted var(--claim) 2px !important; text-underline-offset: .38em; text-decoration-skip-ink: none; }
.head { font-weight: 700; font-size: 1.08em; }
.off { color: var(--faint); font-size: .88em; }
article .off { border-inline-start: 3px solid var(--rule); padding-inline-start: .6em; }
aside { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1rem 0 3rem; }
details { border-bottom: 1px solid var(--rule); padding: .3rem 0; }
summary { cursor: pointer; font-weight: 600; padding: .35rem 0; }
summary small { color: var(--faint); font-weight: 400; }
aside ol { list-style: none; margin: 0 0 .6rem; padding: 0; }
aside li { padding: .5rem .6rem; margin: .3rem 0; background: var(--side); border-radius: .35rem; overflow-wrap: anywhere; }
aside li a { color: inherit; }
aside li b { font-weight: 650; }
.why { display: block; color: var(--faint); font-size: .93em; }
.tag { border: 1px solid currentColor; border-radius: .3em; padding: 0 .35em; font-size: .9em; white-space: nowrap; }
aside li:target { background: var(--here); }
a.m:target, i:target + a.m { background: var(--here); outline: 2px solid var(--event); }
body:has(#k-actor:not(:checked)) article .actor:not(.quantity):not(.date), body:has(#k-quantity:not(:checked)) article .quantity,
body:has(#k-date:not(:checked)) article .date { background: none; }
body:has(#k-event:not(:checked)) article .event { border-bottom: 0; }
body:has(#k-event:not(:checked)) article .trigger { font-weight: inherit; }
body:has(#k-claim:not(:checked)) article .claim { text-decoration: none !important; }
body:has(#k-actor:not(:checked)) #l-actor, body:has(#k-event:not(:checked)) #l-event, body:has(#k-claim:not(:checked)) #l-claim,
body:has(#k-quantity:not(:checked)) #l-quantity, body:has(#k-date:not(:checked)) #l-date { display: none; }
@media (max-width: 60rem) {
  main { display: block; } aside { position: static; max-height: none; }
  header, main { padding-inline: 1rem; } h1 { font-size: 1.4rem; } article { padding-bottom: 1rem; }
  .legend label { padding: .35rem 0; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print { aside { position: static; max-height: none; overflow: visible; } main { display: block; } }
";
