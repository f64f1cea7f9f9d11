use std::sync::Arc;

pub trait Speak {
    fn speak(&self) -> &'static str;

    fn twice(&self) -> String {
        format!("{0} {0}", self.speak())
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    pub name: String,
}

#[derive(Clone, Debug)]
pub struct Cat;

impl Dog {
    pub fn new(name: &str) -> Self {
        Dog { name: name.to_string() }
    }
}

impl Cat {
    pub fn new() -> Self {
        Cat
    }
}

impl Speak for Dog {
    fn speak(&self) -> &'static str {
        "woof"
    }
}

impl Speak for Cat {
    fn speak(&self) -> &'static str {
        "meow"
    }
}

impl<S: Speak + ?Sized> Speak for Arc<S> {
    fn speak(&self) -> &'static str {
        (**self).speak()
    }
}
