"""The police’s monthly list: taken in, and each month settled child by child."""
