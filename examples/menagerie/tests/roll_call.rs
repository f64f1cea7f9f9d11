use menagerie::{Cat, Dog, Keeper};

#[test]
fn everyone_answers() {
    let mut keeper = Keeper::default();
    keeper.take(Dog::new("Rex"));
    keeper.seat(Cat::new());
    assert_eq!(keeper.roll_call().len(), 2);
}
