SELECT reach(audience(i)) FROM generate_series(0, 9) i;
