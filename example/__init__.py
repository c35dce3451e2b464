"""The example world: an invented piece of the internet that the example run patrols. No part of the product."""
