import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'echarts', test: /node_modules\/(echarts|zrender)/ },
            { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component|rc-)/ },
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack)/ },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '^/api/': { target: 'http://127.0.0.1:8080', ws: true } } },
});
