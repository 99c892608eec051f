//! The processes, alone and together, tried on the invented case.

mod bargaining;
mod calibration;
mod conflict;
mod diplomacy;
mod escalation;
mod extreme;
mod laws;
mod legislation;
mod people;
mod person;
mod playing;
mod processes;
mod reach;
mod sanctions;
mod society;
mod threat;
mod together;
mod toyland;
mod underway;
