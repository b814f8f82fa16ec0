"""What an open project needs: checks, attestations, policy packs, and the verdict."""
