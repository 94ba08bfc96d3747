// The key is no secret: what it may do is what the policies in supabase/migrations allow everybody.
const client = window.supabase.createClient(location.origin, 'sb_publishable_board_example', {
  auth: { persistSession: false },
});

const page = 10;
const $ = (id) => document.getElementById(id);
const state = { boards: [], board: null, search: '', shown: 0, request: 0 };

async function loadBoards() {
  const { data, error } = await client.from('board_overview').select('*').order('id');
  if (error) return problem(error);
  state.boards = data;
  drawBoards();
}

function drawBoards() {
  const all = { slug: '', title: 'All boards', posts: state.boards.reduce((sum, b) => sum + b.posts, 0) };
  $('boards').replaceChildren(...[all, ...state.boards].map((board) => {
    const link = document.createElement('a');
    link.href = '#' + board.slug;
    link.textContent = board.title;
    if ((state.board?.slug ?? '') === board.slug) link.setAttribute('aria-current', 'page');
    const count = document.createElement('span');
    count.textContent = board.posts;
    link.append(count);
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
}

// Reads the next page of posts; with fresh, the first one.
async function loadPosts(fresh) {
  const request = ++state.request;
  if (fresh) state.shown = 0;
  let query = client
    .from('posts')
    .select('id, body, guest_name, created_at, author:profiles(name, color), board:boards!inner(slug, title)', { count: 'exact' })
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .range(state.shown, state.shown + page - 1);
  if (state.board) query = query.eq('board_id', state.board.id);
  if (state.search) query = query.ilike('body', '%' + state.search.replace(/[\\%_*]/g, '\\$&') + '%');
  const { data, error, count } = await query;
  if (request !== state.request) return; // a newer question has been asked meanwhile
  if (error) return problem(error);
  problem(null);
  const rows = data.map(drawPost);
  if (fresh) $('posts').replaceChildren(...rows);
  else $('posts').append(...rows);
  state.shown += data.length;
  $('more').hidden = state.shown >= count;
  const what = count === 1 ? '1 post' : `${count} posts`;
  $('count').textContent = state.search ? `${what} with “${state.search}”` : what;
}

function drawPost(post) {
  const item = $('post').content.cloneNode(true);
  const name = post.author?.name ?? post.guest_name;
  item.querySelector('.face').textContent = name.slice(0, 1).toUpperCase();
  item.querySelector('.face').style.background = post.author?.color ?? '#94a3b8';
  item.querySelector('.author').textContent = name;
  item.querySelector('.badge').hidden = post.author !== null;
  const where = item.querySelector('.where');
  where.textContent = post.board.title;
  where.href = '#' + post.board.slug;
  where.hidden = state.board !== null;
  const time = item.querySelector('time');
  time.dateTime = post.created_at;
  time.textContent = new Date(post.created_at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  item.querySelector('.body').textContent = post.body;
  return item;
}

function openBoard() {
  const slug = decodeURIComponent(location.hash.slice(1));
  state.board = state.boards.find((b) => b.slug === slug) ?? null;
  $('title').textContent = state.board?.title ?? 'All boards';
  $('description').textContent = state.board?.description ?? 'The newest from everywhere';
  $('write').hidden = !state.board?.open_to_guests;
  $('closed').hidden = !state.board || state.board.open_to_guests;
  drawBoards();
  return loadPosts(true);
}

async function post(event) {
  event.preventDefault();
  const button = event.submitter ?? $('write').querySelector('button');
  button.disabled = true;
  const { error } = await client.from('posts').insert({
    board_id: state.board.id,
    guest_name: $('name').value.trim(),
    body: $('body').value,
  });
  button.disabled = false;
  if (error) return problem(error);
  localStorage.setItem('name', $('name').value.trim());
  $('body').value = '';
  await Promise.all([loadBoards(), loadPosts(true)]);
}

const words = {
  23514: 'A name has 2 to 40 letters, a message 1 to 2000.',
  42501: 'You may not write here.',
};

function problem(error) {
  $('problem').textContent = error ? words[error.code] ?? error.message : '';
  if (error) console.error(error);
}

let typing;
$('search').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    state.search = $('search').value.trim();
    loadPosts(true);
  }, 200);
});
$('more').addEventListener('click', () => loadPosts(false));
$('write').addEventListener('submit', post);
addEventListener('hashchange', openBoard);

$('name').value = localStorage.getItem('name') ?? '';
await loadBoards();
await openBoard();
document.body.dataset.ready = 'yes';
