use crate::animal::{Cat, Dog, Speak};
use crate::Introduce;
use std::collections::HashMap;

#[derive(Default)]
pub struct Keeper {
    kennels: HashMap<String, Dog>,
    lap: Option<Cat>,
}

impl Keeper {
    pub fn take(&mut self, dog: Dog) {
        self.kennels.insert(dog.name.clone(), dog);
    }

    pub fn seat(&mut self, cat: Cat) {
        self.lap = Some(cat);
    }

    pub fn roll_call(&self) -> Vec<String> {
        let mut said: Vec<String> = self.kennels.values().map(|dog| dog.twice()).collect();
        if let Some(cat) = &self.lap {
            said.push(cat.introduce());
        }
        said
    }
}

pub fn feed_all(hungry: &[Box<dyn Speak>]) -> usize {
    hungry.iter().map(|one| one.speak().len()).sum()
}
