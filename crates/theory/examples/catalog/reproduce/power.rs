//! Power indices of an entry's weighted game.

use super::inputs::{Inputs, printed};
use theory::power::banzhaf::banzhaf;
use theory::power::game::WeightedGame;
use theory::power::shapley_shubik::shapley_shubik;
use toml::Table;

pub fn power_indices(inputs: &Inputs<'_>) -> Result<Table, String> {
    let said = |e: theory::power::PowerError| e.to_string();
    let game =
        WeightedGame::new(inputs.wholes("weights")?, inputs.whole("quota")?).map_err(said)?;
    let counted = banzhaf(&game).map_err(said)?;
    let mut table = Table::new();
    let mut put = |key: &str, value| table.insert(key.to_owned(), value);
    put("swings", printed(&counted.swings));
    put("penrose", printed(&counted.penrose()));
    put("banzhaf", printed(&counted.normalised()));
    put(
        "shapley_shubik",
        printed(&shapley_shubik(&game).map_err(said)?),
    );
    Ok(table)
}
