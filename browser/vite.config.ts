import tailwind from "@tailwindcss/vite";
import { defineConfig } from "vite";

// Two files under fixed names: the server puts a hash of their content into the address.
export default defineConfig({
  plugins: [tailwind()],
  build: {
    target: "es2020",
    emptyOutDir: true,
    rollupOptions: {
      input: { lumbung: "src/lumbung.ts", look: "src/lumbung.css" },
      output: {
        entryFileNames: "[name].js",
        assetFileNames: "lumbung[extname]",
        format: "es",
      },
    },
  },
});
