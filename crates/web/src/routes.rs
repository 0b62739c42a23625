//! The list of everything that is served.
//!
//! A room gives its [`Routes`]; each names its address, whether it reads or writes, and what it needs.
//! The router, the menu, the API document and the test that tries every address with every role all
//! come from this list, so nothing can be served that is not in it.

use axum::handler::Handler;
use axum::routing::{MethodRouter, get, post};

use crate::Shell;

/// What a request must bring to be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: a named list of addresses that read published tables only, and the way in.
    Nothing,
    /// A person who signed in, with any seat.
    SignedIn,
    /// A seat that holds this permission, `room.act`.
    Permission(&'static str),
}

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Looks.
    Read,
    /// Changes.
    Write,
}

/// Who is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// People: HTML and forms.
    Pages,
    /// Programs: JSON, problem+json, a key in place of a session.
    Api,
}

/// A place in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MenuPlace {
    /// The word in the menu, Indonesian.
    pub label: &'static str,
    /// Lower comes first.
    pub order: u16,
}

/// One address.
#[derive(Clone)]
pub struct Route {
    /// Its path, with `{name}` for what varies.
    pub path: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// What it does.
    pub effect: Effect,
    /// Whom it answers.
    pub speaks: Speaks,
    /// Its place in the menu, if any.
    pub menu: Option<MenuPlace>,
    /// One line for the API document.
    pub summary: &'static str,
    /// What answers.
    pub handler: MethodRouter<Shell>,
}

/// A room's addresses.
#[derive(Clone, Default)]
pub struct Routes(Vec<Route>);

impl Routes {
    /// None yet.
    #[must_use]
    pub fn new() -> Routes {
        Routes(Vec::new())
    }

    /// A page to look at.
    #[must_use]
    pub fn page<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Routes
    where
        H: Handler<T, Shell>,
        T: 'static,
    {
        self.add(path, needs, Effect::Read, Speaks::Pages, get(handler))
    }

    /// A form that is sent.
    #[must_use]
    pub fn form<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Routes
    where
        H: Handler<T, Shell>,
        T: 'static,
    {
        self.add(path, needs, Effect::Write, Speaks::Pages, post(handler))
    }

    /// A question of a program.
    #[must_use]
    pub fn api_read<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Routes
    where
        H: Handler<T, Shell>,
        T: 'static,
    {
        self.add(path, needs, Effect::Read, Speaks::Api, get(handler))
    }

    /// A message of a program.
    #[must_use]
    pub fn api_write<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Routes
    where
        H: Handler<T, Shell>,
        T: 'static,
    {
        self.add(path, needs, Effect::Write, Speaks::Api, post(handler))
    }

    /// Puts the address just added into the menu.
    #[must_use]
    pub fn menu(mut self, label: &'static str, order: u16) -> Routes {
        if let Some(last) = self.0.last_mut() {
            last.menu = Some(MenuPlace { label, order });
        }
        self
    }

    /// Says in one line what the address just added does, for the API document.
    #[must_use]
    pub fn summary(mut self, summary: &'static str) -> Routes {
        if let Some(last) = self.0.last_mut() {
            last.summary = summary;
        }
        self
    }

    /// These and those of another room.
    #[must_use]
    pub fn and(mut self, others: Routes) -> Routes {
        self.0.extend(others.0);
        self
    }

    /// The list.
    #[must_use]
    pub fn list(&self) -> &[Route] {
        &self.0
    }

    fn add(
        mut self,
        path: &'static str,
        needs: Needs,
        effect: Effect,
        speaks: Speaks,
        handler: MethodRouter<Shell>,
    ) -> Routes {
        self.0.push(Route { path, needs, effect, speaks, menu: None, summary: "", handler });
        self
    }
}
