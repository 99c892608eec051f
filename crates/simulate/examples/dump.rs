//! temporary
use std::path::Path;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args[1] == "reference" { print!("{}", simulate::parameters::reference()); return; }
    if args[1] == "schema" { println!("{}", simulate::parameters::schema(&serde_json::json!({"$ref": "#/definitions/Estimate"}))); return; }
    let case = case::Folder::read(Path::new(&args[1])).unwrap().build(None).case.unwrap();
    let model = simulate::Model::new(&case).unwrap();
    let told = model.tell(1, args[2].parse().unwrap()).unwrap();
    println!("{}", serde_json::to_string_pretty(&told).unwrap());
}
