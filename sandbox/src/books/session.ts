export type ApiSession = { accessToken: string; expiresAt: string; apiUrl: string };

/** Whether the demo user is signed in; the one switch behind the strip's button and the widget's popup. */
export type SignIn = { signedIn: boolean; session(): Promise<ApiSession | null> };

export function createSignIn(session: () => Promise<ApiSession | null>): SignIn {
  return {
    signedIn: true,
    async session() {
      return this.signedIn ? await session() : null;
    },
  };
}
