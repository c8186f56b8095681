"""The parts a screen is put together from: data down, messages up."""
