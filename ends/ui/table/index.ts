export { ListFrame, type ListFrameProps } from './ListFrame.tsx';
export { ListPage, type ListPageProps } from './ListPage.tsx';
