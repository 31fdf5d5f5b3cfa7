"use client";

import { Button } from "@/components/ui/button";

/** Ends the session and goes home; offline it changes nothing and stays. */
export function LogOut({ label }: { label: string }) {
  const logOut = async () => {
    const answer = await fetch("/api/auth/logout", { method: "POST" }).catch(() => null);
    if (answer?.ok) location.assign("/");
  };
  return (
    <Button variant="text" onClick={logOut}>
      {label}
    </Button>
  );
}
