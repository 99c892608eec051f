//! Who may speak to the workbench: a token that works once becomes a cookie, and a value that only our own pages can
//! read goes with every request that changes something.

use std::sync::{Mutex, PoisonError};

/// The secrets of one running workbench. They live in memory and end with it.
pub(crate) struct Session {
    /// The token of the link that has not been used yet.
    token: Mutex<String>,
    /// The cookie's value.
    cookie: String,
    /// The cookie's name: it holds the port, because cookies of one host are shared by all its ports.
    name: String,
    /// What unsafe requests must carry in `X-Shatterbelt-Csrf`.
    csrf: String,
}

/// 256 random bits as hex.
fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |found, (x, y)| found | (x ^ y)) == 0
}

impl Session {
    /// New secrets.
    pub fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self {
            token: Mutex::new(secret()?),
            cookie: secret()?,
            name: format!("shatterbelt_{port}"),
            csrf: secret()?,
        })
    }

    /// The token of the link that works now.
    pub fn token(&self) -> String {
        self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes a token: if it is the one that works, it works no more and the `Set-Cookie` line comes back with the
    /// token of the next link.
    pub fn enter(&self, given: &str) -> Option<(String, String)> {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if !same(&token, given) {
            return None;
        }
        let next = secret().ok()?;
        token.clone_from(&next);
        let (name, value) = (&self.name, &self.cookie);
        Some((format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict"), next))
    }

    /// Whether a `Cookie` line holds the session.
    pub fn holds(&self, line: &str) -> bool {
        let mut pairs = line.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == self.name && same(value, &self.cookie))
    }

    /// The value that unsafe requests carry.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_works_once_and_its_cookie_for_ever() {
        let session = Session::new(80).unwrap();
        let token = session.token();
        assert!(session.enter("").is_none());
        assert!(session.enter(&token[..63]).is_none());
        let (line, next) = session.enter(&token).unwrap();
        assert!(session.enter(&token).is_none());
        assert_eq!(session.token(), next);
        assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Strict"));
        let cookie = line.split(';').next().unwrap();
        assert!(session.holds(cookie));
        assert!(session.holds(&format!("other=1; {cookie}; more=2")));
        assert!(!session.holds(&cookie.replace("_80", "_81")));
        assert!(!session.holds("shatterbelt_80="));
    }
}
