//! `#[derive(Entry)]`: what follows from the declaration of a kind of entry.
//!
//! ```ignore
//! #[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
//! #[entry(kind = "campaign", key = "attacker>target", forced)]
//! pub struct Campaign {
//!     pub attacker: Spanned<String>,
//!     pub target: Spanned<String>,
//!     pub rate: Estimate<PerWeek>,
//!     #[entry(within(0, 0.99))]
//!     pub branching: Estimate<Ratio>,
//!     pub source: Keys,
//! }
//! ```
//!
//! Of the struct: `kind`, the name under which it stands in a file; `key`, the fields that make its key with the signs
//! between them, in brackets what is left out where the entry does not have it; `alone`, if it may stand as one table
//! as well; `forced`, if a scenario may make it happen; `record`, if no run has it in a list; `stays`, if it outlives
//! its contest. Of a field: `within(LOW, HIGH)`, bounds other than its unit's; `bare`, an estimate that may be a bare
//! number with the entry's source.
//!
//! The rest is read off the fields: one of the type `Estimate<U>` is a required estimate in the unit U, one of the type
//! `Option<Estimate<U>>` one that may lack; `id`, `source`, `contest` and `laws` are what they are called.

use proc_macro::TokenStream;
use proc_macro2::{Span, TokenStream as Tokens};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::{
    Attribute, Data, DeriveInput, Error, Fields, GenericArgument, Ident, Lit, LitStr,
    PathArguments, Result, Token, Type, UnOp, parse_macro_input,
};

/// See the crate.
#[proc_macro_derive(Entry, attributes(entry))]
pub fn entry(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// What the struct says of itself.
#[derive(Default)]
struct Declared {
    kind: Option<LitStr>,
    key: Option<LitStr>,
    alone: bool,
    forced: bool,
    record: bool,
    stays: bool,
}

impl Declared {
    fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut declared = Self::default();
        for attribute in attributes.iter().filter(|a| a.path().is_ident("entry")) {
            attribute.parse_nested_meta(|meta| {
                let name = meta.path.require_ident()?.to_string();
                match name.as_str() {
                    "kind" => declared.kind = Some(meta.value()?.parse()?),
                    "key" => declared.key = Some(meta.value()?.parse()?),
                    "alone" => declared.alone = true,
                    "forced" => declared.forced = true,
                    "record" => declared.record = true,
                    "stays" => declared.stays = true,
                    _ => return Err(meta.error("an entry has no such property")),
                }
                Ok(())
            })?;
        }
        Ok(declared)
    }
}

/// An estimate among the fields.
struct Figure<'a> {
    field: &'a Ident,
    unit: Tokens,
    bounds: Option<(Tokens, Tokens)>,
    required: bool,
    bare: bool,
}

impl<'a> Figure<'a> {
    fn read(field: &'a syn::Field) -> Result<Option<Self>> {
        let (mut bounds, mut bare) = (None, false);
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("entry")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("bare") {
                    bare = true;
                } else if meta.path.is_ident("within") {
                    bounds = Some(ends(&meta)?);
                } else {
                    return Err(meta.error("a field of an entry has no such property"));
                }
                Ok(())
            })?;
        }
        let optional = argument(&field.ty, "Option");
        let estimate = optional.unwrap_or(&field.ty);
        let (Some(unit), Some(name)) = (argument(estimate, "Estimate"), &field.ident) else {
            if named(estimate, "Estimate") {
                let fault = "an estimate says its unit, Estimate<Any> where nothing fixes it";
                return Err(Error::new_spanned(field, fault));
            }
            return match bounds.is_some() || bare {
                true => Err(Error::new_spanned(field, "only an estimate has bounds")),
                false => Ok(None),
            };
        };
        let required = optional.is_none();
        Ok(Some(Self { field: name, unit: quote!(#unit), bounds, required, bare }))
    }

    fn constant(&self) -> Tokens {
        let (unit, required) = (&self.unit, self.required);
        let field = self.field.to_string();
        let bounds = match &self.bounds {
            Some((low, high)) => quote!((#low as f64, #high as f64)),
            None => quote!(<#unit as ::entry::Unit>::BOUNDS),
        };
        quote!(::entry::Figure {
            field: #field,
            unit: <#unit as ::entry::Unit>::NAME,
            bounds: #bounds,
            required: #required,
        })
    }
}

/// The two numbers of `within(LOW, HIGH)`.
fn ends(meta: &ParseNestedMeta<'_>) -> Result<(Tokens, Tokens)> {
    fn end(input: syn::parse::ParseStream<'_>) -> Result<Tokens> {
        let minus: Option<UnOp> = match input.peek(Token![-]) {
            true => Some(input.parse()?),
            false => None,
        };
        let number: Lit = input.parse()?;
        Ok(quote!(#minus #number))
    }
    let inner;
    syn::parenthesized!(inner in meta.input);
    let low = end(&inner)?;
    inner.parse::<Token![,]>()?;
    Ok((low, end(&inner)?))
}

/// The type in the angle brackets of a type of that name.
fn argument<'a>(kind: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// Whether a type is called `NAME`, whatever its arguments.
fn named(kind: &Type, name: &str) -> bool {
    matches!(kind, Type::Path(path) if path.path.segments.last().is_some_and(|l| l.ident == name))
}

/// The parts of a key such as `[contest:]district:list`.
fn parts(key: &LitStr, fields: &[&Ident]) -> Result<Vec<Tokens>> {
    let fault = |message: &str| Err(Error::new(key.span(), message));
    let text = key.value();
    let mut rest = text.as_str();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let may_lack = rest.starts_with('[');
        rest = rest.trim_start_matches('[');
        let letters = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
        let (field, after) = rest.split_at(letters.unwrap_or(rest.len()));
        if !fields.iter().any(|known| *known == field) {
            return fault(&format!("the key names a field \"{field}\" that is not there"));
        }
        let (sign, after) = after.split_at(after.chars().next().map_or(0, char::len_utf8));
        if may_lack && !after.starts_with(']') {
            return fault("a part that may lack ends with its sign and a bracket: [field:]");
        }
        rest = if may_lack { &after[1..] } else { after };
        if rest.is_empty() != sign.is_empty() {
            return fault("a sign stands between two fields of a key, and none at its end");
        }
        parts.push(quote!(::entry::Part { field: #field, sign: #sign, may_lack: #may_lack }));
    }
    Ok(parts)
}

fn expand(input: &DeriveInput) -> Result<Tokens> {
    let name = &input.ident;
    let fault = |message: &str| Error::new(Span::call_site(), message);
    let Data::Struct(data) = &input.data else {
        return Err(fault("an entry is a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(fault("an entry has named fields"));
    };
    let Declared { kind, key, alone, forced, record, stays } = Declared::read(&input.attrs)?;
    let kind = kind.ok_or_else(|| fault("say which kind it is: #[entry(kind = \"…\")]"))?;
    let key = key.ok_or_else(|| fault("say what its key is made of: #[entry(key = \"…\")]"))?;
    let names: Vec<&Ident> = fields.named.iter().filter_map(|f| f.ident.as_ref()).collect();
    let has = |field: &str| names.iter().any(|name| *name == field);
    let parts = parts(&key, &names)?;

    let mut figures = Vec::new();
    for field in &fields.named {
        figures.extend(Figure::read(field)?);
    }
    // The required ones first: beliefs are numbered in this order.
    figures.sort_by_key(|f| !f.required);
    let constants: Vec<Tokens> = figures.iter().map(Figure::constant).collect();
    let each = figures.iter().enumerate().map(|(i, figure)| {
        let field = figure.field;
        match figure.required {
            true => quote!(see(&Self::FIGURES[#i], &self.#field);),
            false => quote!(if let Some(written) = &self.#field {
                see(&Self::FIGURES[#i], written);
            }),
        }
    });
    let resolved = figures.iter().enumerate().map(|(i, figure)| {
        let field = figure.field;
        match figure.required {
            true => quote!(resolve(&Self::FIGURES[#i], &mut self.#field);),
            false => quote!(if let Some(written) = &mut self.#field
                && !resolve(&Self::FIGURES[#i], written)
            {
                self.#field = None;
            }),
        }
    });
    let bare = figures.iter().filter(|f| f.bare).map(|f| f.field);
    let settled = bare.map(|field| quote!(self.#field.take_from(&self.source, &self.judged);));

    let id = has("id").then(|| {
        quote!(
            fn id(&self) -> Option<&::entry::Id> {
                Some(&self.id)
            }
        )
    });
    let sources = has("source").then(|| {
        quote!(
            fn sources(&self) -> &[::entry::Name] {
                &self.source.0
            }
        )
    });
    let contest = has("contest").then(|| {
        quote!(
            fn contest(&self) -> ::entry::Contested<'_> {
                match &self.contest {
                    Some(contest) => ::entry::Contested::In(contest),
                    None => ::entry::Contested::Unsaid,
                }
            }
        )
    });
    let laws = has("laws").then(|| {
        quote!(
            fn laws(&self) -> &[::entry::Name] {
                &self.laws.0
            }
        )
    });
    let ballot = has("contest") || has("laws");
    Ok(quote! {
        impl ::entry::Entry for #name {
            const KIND: &'static str = #kind;
            const KEY: &'static [::entry::Part] = &[#(#parts),*];
            const FIGURES: &'static [::entry::Figure] = &[#(#constants),*];
            const ALONE: bool = #alone;
            const FORCED: bool = #forced;
            const RECORD: bool = #record;
            const STAYS: bool = #stays;
            const BALLOT: bool = #ballot;
            #id
            #sources
            #contest
            #laws
            fn settle(&mut self) {
                #(#settled)*
            }
            #[allow(unused_variables)]
            fn figures<'a>(
                &'a self,
                see: &mut dyn FnMut(&'static ::entry::Figure, &'a ::entry::Written),
            ) {
                #(#each)*
            }
            #[allow(unused_variables)]
            fn resolve(
                &mut self,
                resolve: &mut dyn FnMut(&'static ::entry::Figure, &mut ::entry::Written) -> bool,
            ) {
                #(#resolved)*
            }
        }
    })
}
