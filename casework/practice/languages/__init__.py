"""What families are asked and told, in the languages they speak: translations as data, shown beside English."""
