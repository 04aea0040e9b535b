// The node-<platform> packages publish os/cpu as strings; pnpm honours lists only, and would install every platform's binary.
module.exports = {
  hooks: {
    readPackage(manifest) {
      for (const key of ["os", "cpu", "libc"])
        if (typeof manifest[key] === "string") manifest[key] = [manifest[key]];
      return manifest;
    },
  },
};
