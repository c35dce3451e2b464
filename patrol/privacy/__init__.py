"""What the law on personal data (UU 27/2022) asks of the office: requests of subjects, and what is held of one of them."""
