-- Progress that moves: "what this card has belongs to that one" (rekey), or does not (apart).

ALTER TABLE event ADD COLUMN other INTEGER REFERENCES card (id)
    CHECK (kind NOT IN ('rekey', 'apart') OR other IS NOT NULL);
