"""Updates carried on a USB stick: signed packs, verified whole before anything is written, one step back possible."""
