var Fe = Object.create;
var fe = Object.defineProperty;
var Le = Object.getOwnPropertyDescriptor;
var Pe = Object.getOwnPropertyNames;
var Me = Object.getPrototypeOf,
  qe = Object.prototype.hasOwnProperty;
var Ee = (T, c) => () => {
    try {
      return (c || T((c = { exports: {} }).exports, c), c.exports);
    } catch (z) {
      throw ((c = 0), z);
    }
  },
  ze = (T, c) => {
    for (var z in c) fe(T, z, { get: c[z], enumerable: !0 });
  },
  Ce = (T, c, z, K) => {
    if ((c && typeof c == 'object') || typeof c == 'function')
      for (let B of Pe(c))
        !qe.call(T, B) &&
          B !== z &&
          fe(T, B, { get: () => c[B], enumerable: !(K = Le(c, B)) || K.enumerable });
    return T;
  };
var We = (T, c, z) => (
    (z = T != null ? Fe(Me(T)) : {}),
    Ce(c || !T || !T.__esModule ? fe(z, 'default', { value: T, enumerable: !0 }) : z, T)
  ),
  He = (T) => Ce(fe({}, '__esModule', { value: !0 }), T);
var Se = Ee((je, be) => {
  be.exports = {};
});
var we = Ee((ce, me) => {
  (function (T, c) {
    typeof define == 'function' && define.amd
      ? define([], c)
      : typeof me == 'object' && typeof ce != 'undefined'
        ? (me.exports = c())
        : (T.Papa = c());
  })(ce, function T() {
    'use strict';
    var c = (function () {
      return typeof self != 'undefined'
        ? self
        : typeof window != 'undefined'
          ? window
          : typeof c != 'undefined'
            ? c
            : {};
    })();
    function z() {
      var t = c.URL || c.webkitURL || null,
        e = T.toString();
      return (
        d.BLOB_URL ||
        (d.BLOB_URL = t.createObjectURL(
          new Blob(
            [
              "var global = (function() { if (typeof self !== 'undefined') { return self; } if (typeof window !== 'undefined') { return window; } if (typeof global !== 'undefined') { return global; } return {}; })(); global.IS_PAPA_WORKER=true; ",
              '(',
              e,
              ')();',
            ],
            { type: 'text/javascript' },
          ),
        ))
      );
    }
    var K = !c.document && !!c.postMessage,
      B = c.IS_PAPA_WORKER || !1,
      oe = {},
      Oe = 0,
      d = {};
    ((d.parse = Te),
      (d.unparse = xe),
      (d.RECORD_SEP = ''),
      (d.UNIT_SEP = ''),
      (d.BYTE_ORDER_MARK = '\uFEFF'),
      (d.BAD_DELIMITERS = [
        '\r',
        `
`,
        '"',
        d.BYTE_ORDER_MARK,
      ]),
      (d.WORKERS_SUPPORTED = !K && !!c.Worker),
      (d.NODE_STREAM_INPUT = 1),
      (d.LocalChunkSize = 1024 * 1024 * 10),
      (d.RemoteChunkSize = 1024 * 1024 * 5),
      (d.DefaultDelimiter = ','),
      (d.Parser = le),
      (d.ParserHandle = ve),
      (d.NetworkStreamer = te),
      (d.FileStreamer = re),
      (d.StringStreamer = V),
      (d.ReadableStreamStreamer = se),
      typeof PAPA_BROWSER_CONTEXT == 'undefined' && (d.DuplexStreamStreamer = ie),
      B && (c.onmessage = Ie));
    function ye(t) {
      return t.charCodeAt(0) === 65279 ? t.slice(1) : t;
    }
    function Te(t, e) {
      e = e || {};
      var r = e.dynamicTyping || !1;
      if (
        (E(r) && ((e.dynamicTypingFunction = r), (r = {})),
        (e.dynamicTyping = r),
        (e.transform = E(e.transform) ? e.transform : !1),
        e.downloadTimeout !== void 0)
      ) {
        var s = parseInt(e.downloadTimeout);
        if (isNaN(s))
          throw new Error(
            'Config downloadTimeout value (' + e.downloadTimeout + ') not parsable by parseInt(val).',
          );
        e.downloadTimeout = s;
      }
      if (e.worker && d.WORKERS_SUPPORTED) {
        var a = Ae();
        ((a.userStep = e.step),
          (a.userChunk = e.chunk),
          (a.userComplete = e.complete),
          (a.userError = e.error),
          (e.step = E(e.step)),
          (e.chunk = E(e.chunk)),
          (e.complete = E(e.complete)),
          (e.error = E(e.error)),
          delete e.worker,
          a.postMessage({ input: t, config: e, workerId: a.id }));
        return;
      }
      var l = null;
      return t === d.NODE_STREAM_INPUT && typeof PAPA_BROWSER_CONTEXT == 'undefined'
        ? ((l = new ie(e)), l.getStream())
        : (typeof t == 'string'
            ? ((t = ye(t)), e.download ? (l = new te(e)) : (l = new V(e)))
            : t.readable === !0 && E(t.read) && E(t.on)
              ? (l = new se(e))
              : ((c.File && t instanceof File) || t instanceof Object) && (l = new re(e)),
          l.stream(t));
    }
    function xe(t, e) {
      var r = !1,
        s = !0,
        a = ',',
        l = `\r
`,
        y = '"',
        u = y + y,
        R = !1,
        x = null,
        S = !1;
      M();
      var f = new RegExp(ne(y), 'g');
      if ((typeof t == 'string' && (t = JSON.parse(t)), Array.isArray(t)))
        if (t.length) {
          if (Array.isArray(t[0])) return h(null, t, R);
          if (typeof t[0] == 'object') return h(x || Object.keys(t[0]), t, R);
        } else return h(x, t, R);
      else if (typeof t == 'object')
        return (
          typeof t.data == 'string' && (t.data = JSON.parse(t.data)),
          Array.isArray(t.data) &&
            (t.fields || (t.fields = (t.meta && t.meta.fields) || x),
            t.fields ||
              (t.fields = Array.isArray(t.data[0])
                ? t.fields
                : typeof t.data[0] == 'object'
                  ? Object.keys(t.data[0])
                  : []),
            !Array.isArray(t.data[0]) && typeof t.data[0] != 'object' && (t.data = [t.data])),
          h(t.fields || [], t.data || [], R)
        );
      throw new Error('Unable to serialize unrecognized input');
      function M() {
        if (typeof e == 'object') {
          if (
            (typeof e.delimiter == 'string' &&
              !d.BAD_DELIMITERS.filter(function (v) {
                return e.delimiter.indexOf(v) !== -1;
              }).length &&
              (a = e.delimiter),
            (typeof e.quotes == 'boolean' || typeof e.quotes == 'function' || Array.isArray(e.quotes)) &&
              (r = e.quotes),
            (typeof e.skipEmptyLines == 'boolean' || typeof e.skipEmptyLines == 'string') &&
              (R = e.skipEmptyLines),
            typeof e.newline == 'string' && (l = e.newline),
            typeof e.quoteChar == 'string' && ((y = e.quoteChar), (u = y + y)),
            typeof e.header == 'boolean' && (s = e.header),
            Array.isArray(e.columns))
          ) {
            if (e.columns.length === 0) throw new Error('Option columns is empty');
            x = e.columns;
          }
          (e.escapeChar !== void 0 && (u = e.escapeChar + y),
            e.escapeFormulae instanceof RegExp
              ? (S = e.escapeFormulae)
              : typeof e.escapeFormulae == 'boolean' && e.escapeFormulae && (S = /^[=+\-@\t\r].*$/));
        }
      }
      function h(v, k, C) {
        var b = '';
        (typeof v == 'string' && (v = JSON.parse(v)), typeof k == 'string' && (k = JSON.parse(k)));
        var w = Array.isArray(v) && v.length > 0,
          I = !Array.isArray(k[0]);
        if (w && s) {
          for (var W = 0; W < v.length; W++) (W > 0 && (b += a), (b += p(v[W], W)));
          k.length > 0 && (b += l);
        }
        for (var _ = 0; _ < k.length; _++) {
          var $ = w ? v.length : k[_].length,
            N = !1,
            o = w ? Object.keys(k[_]).length === 0 : k[_].length === 0;
          if (
            (C &&
              !w &&
              (N =
                C === 'greedy'
                  ? k[_].join('').trim() === ''
                  : k[_].length === 1 && (k[_][0] === null || k[_][0] === void 0 || k[_][0].length === 0)),
            C === 'greedy' && w)
          ) {
            for (var i = [], m = 0; m < $; m++) {
              var O = I ? v[m] : m;
              i.push(k[_][O]);
            }
            N = i.join('').trim() === '';
          }
          if (!N) {
            for (var n = 0; n < $; n++) {
              n > 0 && !o && (b += a);
              var g = w && I ? v[n] : n;
              b += p(k[_][g], n);
            }
            _ < k.length - 1 && (!C || ($ > 0 && !o)) && (b += l);
          }
        }
        return b;
      }
      function p(v, k) {
        if (typeof v == 'undefined' || v === null) return '';
        if (v.constructor === Date) return isNaN(v.getTime()) ? '' : v.toISOString();
        var C = !1,
          b = v.toString();
        S &&
          typeof v != 'number' &&
          typeof v != 'bigint' &&
          typeof v != 'boolean' &&
          S.test(b) &&
          ((b = "'" + b), (v = b), (C = !0));
        var w = b.replace(f, u);
        return (
          (C =
            C ||
            r === !0 ||
            (typeof r == 'function' && r(v, k)) ||
            (Array.isArray(r) && r[k]) ||
            Y(w, d.BAD_DELIMITERS) ||
            w.indexOf(a) > -1 ||
            b.indexOf(y) > -1 ||
            w.charAt(0) === ' ' ||
            w.charAt(w.length - 1) === ' '),
          C ? y + w + y : w
        );
      }
      function Y(v, k) {
        for (var C = 0; C < k.length; C++) if (v.indexOf(k[C]) > -1) return !0;
        return !1;
      }
    }
    function H(t) {
      ((this._handle = null),
        (this._finished = !1),
        (this._completed = !1),
        (this._halted = !1),
        (this._input = null),
        (this._baseIndex = 0),
        (this._partialLine = ''),
        (this._rowCount = 0),
        (this._start = 0),
        (this._nextChunk = null),
        (this.isFirstChunk = !0),
        (this._completeResults = { data: [], errors: [], meta: {} }),
        e.call(this, t),
        (this.parseChunk = function (r, s) {
          let a = parseInt(this._config.skipFirstNLines) || 0;
          if (this.isFirstChunk && a > 0) {
            let S = this._config.newline;
            if (!S) {
              let M = this._config.quoteChar || '"';
              S = this._handle.guessLineEndings(r, M);
            }
            r = [...r.split(S).slice(a)].join(S);
          }
          if (this.isFirstChunk && E(this._config.beforeFirstChunk)) {
            var l = this._config.beforeFirstChunk(r);
            l !== void 0 && (r = l);
          }
          ((this.isFirstChunk = !1), (this._halted = !1));
          var y = this._partialLine + r;
          this._partialLine = '';
          var u = this._handle.parse(y, this._baseIndex, !this._finished);
          if (this._handle.paused() || this._handle.aborted()) {
            this._halted = !0;
            return;
          }
          var R = u.meta.cursor;
          (this._finished || ((this._partialLine = y.substring(R - this._baseIndex)), (this._baseIndex = R)),
            u && u.data && (this._rowCount += u.data.length));
          var x = this._finished || (this._config.preview && this._rowCount >= this._config.preview);
          if (B) c.postMessage({ results: u, workerId: d.WORKER_ID, finished: x });
          else if (E(this._config.chunk) && !s) {
            if ((this._config.chunk(u, this._handle), this._handle.paused() || this._handle.aborted())) {
              this._halted = !0;
              return;
            }
            ((u = void 0), (this._completeResults = void 0));
          }
          return (
            !this._config.step &&
              !this._config.chunk &&
              ((this._completeResults.data = this._completeResults.data.concat(u.data)),
              (this._completeResults.errors = this._completeResults.errors.concat(u.errors)),
              (this._completeResults.meta = u.meta)),
            !this._completed &&
              x &&
              E(this._config.complete) &&
              (!u || !u.meta.aborted) &&
              (this._config.complete(this._completeResults, this._input), (this._completed = !0)),
            !x && (!u || !u.meta.paused) && this._nextChunk(),
            u
          );
        }),
        (this._sendError = function (r) {
          E(this._config.error)
            ? this._config.error(r)
            : B && this._config.error && c.postMessage({ workerId: d.WORKER_ID, error: r, finished: !1 });
        }));
      function e(r) {
        var s = ue(r);
        ((s.chunkSize = parseInt(s.chunkSize)),
          !r.step && !r.chunk && (s.chunkSize = null),
          (this._handle = new ve(s)),
          (this._handle.streamer = this),
          (this._config = s));
      }
    }
    function te(t) {
      ((t = t || {}), t.chunkSize || (t.chunkSize = d.RemoteChunkSize), H.call(this, t));
      var e;
      (K
        ? (this._nextChunk = function () {
            (this._readChunk(), this._chunkLoaded());
          })
        : (this._nextChunk = function () {
            this._readChunk();
          }),
        (this.stream = function (s) {
          ((this._input = s), this._nextChunk());
        }),
        (this._readChunk = function () {
          if (this._finished) {
            this._chunkLoaded();
            return;
          }
          if (
            ((e = new XMLHttpRequest()),
            this._config.withCredentials && (e.withCredentials = this._config.withCredentials),
            K || ((e.onload = P(this._chunkLoaded, this)), (e.onerror = P(this._chunkError, this))),
            (e.ontimeout = P(this._chunkTimeout, this)),
            e.open(this._config.downloadRequestBody ? 'POST' : 'GET', this._input, !K),
            this._config.downloadTimeout && !K && (e.timeout = this._config.downloadTimeout),
            this._config.downloadRequestHeaders)
          ) {
            var s = this._config.downloadRequestHeaders;
            for (var a in s) e.setRequestHeader(a, s[a]);
          }
          if (this._config.chunkSize) {
            var l = this._start + this._config.chunkSize - 1;
            e.setRequestHeader('Range', 'bytes=' + this._start + '-' + l);
          }
          try {
            e.send(this._config.downloadRequestBody);
          } catch (y) {
            this._chunkError(y.message);
          }
          K && e.status === 0 && this._chunkError();
        }),
        (this._chunkLoaded = function () {
          if (e.readyState === 4) {
            if (e.status < 200 || e.status >= 400) {
              this._chunkError();
              return;
            }
            ((this._start += this._config.chunkSize ? this._config.chunkSize : e.responseText.length),
              (this._finished = !this._config.chunkSize || this._start >= r(e)),
              this.parseChunk(e.responseText));
          }
        }),
        (this._chunkError = function (s) {
          var a = e.statusText || s;
          this._sendError(new Error(a));
        }),
        (this._chunkTimeout = function () {
          this._chunkError('Request timed out after ' + this._config.downloadTimeout + 'ms');
        }));
      function r(s) {
        var a = s.getResponseHeader('Content-Range');
        return a === null ? -1 : parseInt(a.substring(a.lastIndexOf('/') + 1));
      }
    }
    ((te.prototype = Object.create(H.prototype)), (te.prototype.constructor = te));
    function re(t) {
      ((t = t || {}), t.chunkSize || (t.chunkSize = d.LocalChunkSize), H.call(this, t));
      var e,
        r,
        s = typeof FileReader != 'undefined';
      ((this.stream = function (a) {
        ((this._input = a),
          (r = a.slice || a.webkitSlice || a.mozSlice),
          s
            ? ((e = new FileReader()),
              (e.onload = P(this._chunkLoaded, this)),
              (e.onerror = P(this._chunkError, this)))
            : (e = new FileReaderSync()),
          this._nextChunk());
      }),
        (this._nextChunk = function () {
          !this._finished &&
            (!this._config.preview || this._rowCount < this._config.preview) &&
            this._readChunk();
        }),
        (this._readChunk = function () {
          var a = this._input;
          if (this._config.chunkSize) {
            var l = Math.min(this._start + this._config.chunkSize, this._input.size);
            a = r.call(a, this._start, l);
          }
          var y = e.readAsText(a, this._config.encoding);
          s || this._chunkLoaded({ target: { result: y } });
        }),
        (this._chunkLoaded = function (a) {
          ((this._start += this._config.chunkSize),
            (this._finished = !this._config.chunkSize || this._start >= this._input.size),
            this.parseChunk(a.target.result));
        }),
        (this._chunkError = function () {
          this._sendError(e.error);
        }));
    }
    ((re.prototype = Object.create(H.prototype)), (re.prototype.constructor = re));
    function V(t) {
      ((t = t || {}), H.call(this, t));
      var e;
      ((this.stream = function (r) {
        return ((e = r), this._nextChunk());
      }),
        (this._nextChunk = function () {
          if (!this._finished) {
            var r = this._config.chunkSize,
              s;
            return (
              r ? ((s = e.substring(0, r)), (e = e.substring(r))) : ((s = e), (e = '')),
              (this._finished = !e),
              this.parseChunk(s)
            );
          }
        }));
    }
    ((V.prototype = Object.create(V.prototype)), (V.prototype.constructor = V));
    function se(t) {
      ((t = t || {}), H.call(this, t));
      var e = [],
        r = !0,
        s = !1;
      ((this.pause = function () {
        (H.prototype.pause.apply(this, arguments), this._input.pause());
      }),
        (this.resume = function () {
          (H.prototype.resume.apply(this, arguments), this._input.resume());
        }),
        (this.stream = function (a) {
          ((this._input = a),
            this._input.on('data', this._streamData),
            this._input.on('end', this._streamEnd),
            this._input.on('error', this._streamError));
        }),
        (this._checkIsFinished = function () {
          s && e.length === 1 && (this._finished = !0);
        }),
        (this._nextChunk = function () {
          (this._checkIsFinished(), e.length ? this.parseChunk(e.shift()) : (r = !0));
        }),
        (this._streamData = P(function (a) {
          try {
            (e.push(typeof a == 'string' ? a : a.toString(this._config.encoding)),
              r && ((r = !1), this._checkIsFinished(), this.parseChunk(e.shift())));
          } catch (l) {
            this._streamError(l);
          }
        }, this)),
        (this._streamError = P(function (a) {
          (this._streamCleanUp(), this._sendError(a));
        }, this)),
        (this._streamEnd = P(function () {
          (this._streamCleanUp(), (s = !0), this._streamData(''));
        }, this)),
        (this._streamCleanUp = P(function () {
          (this._input.removeListener('data', this._streamData),
            this._input.removeListener('end', this._streamEnd),
            this._input.removeListener('error', this._streamError));
        }, this)));
    }
    ((se.prototype = Object.create(H.prototype)), (se.prototype.constructor = se));
    function ie(t) {
      var e = Se().Duplex,
        r = ue(t),
        s = !0,
        a = !1,
        l = [],
        y = null;
      ((this._onCsvData = function (u) {
        var R = u.data;
        !y.push(R) && !this._handle.paused() && this._handle.pause();
      }),
        (this._onCsvComplete = function () {
          y.push(null);
        }),
        (r.step = P(this._onCsvData, this)),
        (r.complete = P(this._onCsvComplete, this)),
        H.call(this, r),
        (this._nextChunk = function () {
          (a && l.length === 1 && (this._finished = !0), l.length ? l.shift()() : (s = !0));
        }),
        (this._addToParseQueue = function (u, R) {
          (l.push(
            P(function () {
              if ((this.parseChunk(typeof u == 'string' ? u : u.toString(r.encoding)), E(R))) return R();
            }, this),
          ),
            s && ((s = !1), this._nextChunk()));
        }),
        (this._onRead = function () {
          this._handle.paused() && this._handle.resume();
        }),
        (this._onWrite = function (u, R, x) {
          this._addToParseQueue(u, x);
        }),
        (this._onWriteComplete = function () {
          ((a = !0), this._addToParseQueue(''));
        }),
        (this.getStream = function () {
          return y;
        }),
        (y = new e({
          readableObjectMode: !0,
          decodeStrings: !1,
          read: P(this._onRead, this),
          write: P(this._onWrite, this),
        })),
        y.once('finish', P(this._onWriteComplete, this)));
    }
    typeof PAPA_BROWSER_CONTEXT == 'undefined' &&
      ((ie.prototype = Object.create(H.prototype)), (ie.prototype.constructor = ie));
    function ve(t) {
      var e = Math.pow(2, 53),
        r = -e,
        s = /^\s*-?(\d+\.?|\.\d+|\d+\.\d+)([eE][-+]?\d+)?\s*$/,
        a =
          /^((\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d+([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z))|(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d([+-][0-2]\d:[0-5]\d|Z)))$/,
        l = this,
        y = 0,
        u = 0,
        R,
        x,
        S = !1,
        f = !1,
        M,
        h = [],
        p = { data: [], errors: [], meta: {} };
      if (E(t.step)) {
        var Y = t.step;
        t.step = function (o) {
          if (((p = o), b())) C();
          else {
            if ((C(), p.data.length === 0)) return;
            ((y += o.data.length), t.preview && y > t.preview ? x.abort() : ((p.data = p.data[0]), Y(p, l)));
          }
        };
      }
      ((this.parse = function (o, i, m) {
        var O = t.quoteChar || '"';
        if ((t.newline || (t.newline = this.guessLineEndings(o, O)), (M = !1), t.delimiter))
          E(t.delimiter) && ((t.delimiter = t.delimiter(o)), (p.meta.delimiter = t.delimiter));
        else {
          var n = $(o, t.newline, t.skipEmptyLines, t.comments, t.delimitersToGuess);
          (n.successful ? (t.delimiter = n.bestDelimiter) : ((M = !0), (t.delimiter = d.DefaultDelimiter)),
            (p.meta.delimiter = t.delimiter));
        }
        var g = ue(t);
        return (
          (g.header = b()),
          t.preview && t.header && g.preview++,
          (R = o),
          (x = new le(g)),
          (p = x.parse(R, i, m)),
          C(),
          S ? { meta: { paused: !0 } } : p || { meta: { paused: !1 } }
        );
      }),
        (this.paused = function () {
          return S;
        }),
        (this.pause = function () {
          ((S = !0), x.abort(), (R = E(t.chunk) ? '' : R.substring(x.getCharIndex())));
        }),
        (this.resume = function () {
          l.streamer._halted ? ((S = !1), l.streamer.parseChunk(R, !0)) : setTimeout(l.resume, 3);
        }),
        (this.aborted = function () {
          return f;
        }),
        (this.abort = function () {
          ((f = !0), x.abort(), (p.meta.aborted = !0), E(t.complete) && t.complete(p), (R = ''));
        }),
        (this.guessLineEndings = function (o, i) {
          o = o.substring(0, 1024 * 1024);
          var m = new RegExp(ne(i) + '([^]*?)' + ne(i), 'gm');
          o = o.replace(m, '');
          var O = o.split('\r'),
            n = o.split(`
`),
            g = n.length > 1 && n[0].length < O[0].length;
          if (O.length === 1 || g)
            return `
`;
          for (var D = 0, A = 0; A < O.length; A++)
            O[A][0] ===
              `
` && D++;
          return D >= O.length / 2
            ? `\r
`
            : '\r';
        }));
      function v(o) {
        return t.skipEmptyLines === 'greedy' ? o.join('').trim() === '' : o.length === 1 && o[0].length === 0;
      }
      function k(o) {
        if (s.test(o)) {
          var i = parseFloat(o);
          if (i > r && i < e) return !0;
        }
        return !1;
      }
      function C() {
        return (
          p &&
            M &&
            (N(
              'Delimiter',
              'UndetectableDelimiter',
              "Unable to auto-detect delimiting character; defaulted to '" + d.DefaultDelimiter + "'",
            ),
            (M = !1)),
          t.skipEmptyLines &&
            (p.data = p.data.filter(function (o) {
              return !v(o);
            })),
          b() && w(),
          _()
        );
      }
      function b() {
        return t.header && h.length === 0;
      }
      function w() {
        if (!p) return;
        function o(m) {
          h.push(m);
        }
        if (Array.isArray(p.data[0])) {
          for (var i = 0; b() && i < p.data.length; i++) p.data[i].forEach(o);
          p.data.splice(0, 1);
        } else p.data.forEach(o);
      }
      function I(o) {
        return (
          t.dynamicTypingFunction &&
            t.dynamicTyping[o] === void 0 &&
            (t.dynamicTyping[o] = t.dynamicTypingFunction(o)),
          (t.dynamicTyping[o] || t.dynamicTyping) === !0
        );
      }
      function W(o, i) {
        return I(o)
          ? i === 'true' || i === 'TRUE'
            ? !0
            : i === 'false' || i === 'FALSE'
              ? !1
              : k(i)
                ? parseFloat(i)
                : a.test(i)
                  ? new Date(i)
                  : i === ''
                    ? null
                    : i
          : i;
      }
      function _() {
        if (!p || (!t.header && !t.dynamicTyping && !t.transform)) return p;
        function o(m, O) {
          var n = t.header ? {} : [],
            g;
          for (g = 0; g < m.length; g++) {
            var D = g,
              A = m[g];
            (t.header && (D = g >= h.length ? '__parsed_extra' : h[g]),
              t.transform && (A = t.transform(A, D)),
              (A = W(D, A)),
              D === '__parsed_extra' ? ((n[D] = n[D] || []), n[D].push(A)) : (n[D] = A));
          }
          return (
            t.header &&
              (g > h.length
                ? N(
                    'FieldMismatch',
                    'TooManyFields',
                    'Too many fields: expected ' + h.length + ' fields but parsed ' + g,
                    u + O,
                  )
                : g < h.length &&
                  N(
                    'FieldMismatch',
                    'TooFewFields',
                    'Too few fields: expected ' + h.length + ' fields but parsed ' + g,
                    u + O,
                  )),
            n
          );
        }
        var i = 1;
        return (
          !p.data.length || Array.isArray(p.data[0])
            ? ((p.data = p.data.map(o)), (i = p.data.length))
            : (p.data = o(p.data, 0)),
          t.header && p.meta && (p.meta.fields = h),
          (u += i),
          p
        );
      }
      function $(o, i, m, O, n) {
        var g, D, A, G;
        n = n || [',', '	', '|', ';', d.RECORD_SEP, d.UNIT_SEP];
        for (var J = 0; J < n.length; J++) {
          var ae = n[J],
            Q = 0,
            X = 0,
            L = 0;
          A = void 0;
          for (
            var U = new le({ comments: O, delimiter: ae, newline: i, preview: 10 }).parse(o), F = 0;
            F < U.data.length;
            F++
          ) {
            if (m && v(U.data[F])) {
              L++;
              continue;
            }
            var q = U.data[F].length;
            if (((X += q), typeof A == 'undefined')) {
              A = q;
              continue;
            } else q > 0 && ((Q += Math.abs(q - A)), (A = q));
          }
          (U.data.length > 0 && (X /= U.data.length - L),
            X > 1.99 &&
              (typeof D == 'undefined' || Q < D || (Q === D && X > G)) &&
              ((D = Q), (g = ae), (G = X)));
        }
        return ((t.delimiter = g), { successful: !!g, bestDelimiter: g });
      }
      function N(o, i, m, O) {
        var n = { type: o, code: i, message: m };
        (O !== void 0 && (n.row = O), p.errors.push(n));
      }
    }
    function ne(t) {
      return t.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    }
    function le(t) {
      t = t || {};
      var e = t.delimiter,
        r = t.newline,
        s = t.comments,
        a = t.step,
        l = t.preview,
        y = t.fastMode,
        u,
        R = null,
        x = !1;
      t.quoteChar === void 0 || t.quoteChar === null ? (u = '"') : (u = t.quoteChar);
      var S = u;
      if (
        (t.escapeChar !== void 0 && (S = t.escapeChar),
        (typeof e != 'string' || d.BAD_DELIMITERS.indexOf(e) > -1) && (e = ','),
        s === e)
      )
        throw new Error('Comment character same as delimiter');
      (s === !0 ? (s = '#') : (typeof s != 'string' || d.BAD_DELIMITERS.indexOf(s) > -1) && (s = !1),
        r !==
          `
` &&
          r !== '\r' &&
          r !==
            `\r
` &&
          (r = `
`));
      var f = 0,
        M = !1;
      ((this.parse = function (h, p, Y) {
        if (typeof h != 'string') throw new Error('Input must be a string');
        var v = h.length,
          k = e.length,
          C = r.length,
          b = s.length,
          w = E(a);
        f = 0;
        var I = [],
          W = [],
          _ = [],
          $ = 0;
        if (!h) return L();
        if (y || (y !== !1 && h.indexOf(u) === -1)) {
          for (var N = h.split(r), o = 0; o < N.length; o++) {
            if (((_ = N[o]), (f += _.length), o !== N.length - 1)) f += r.length;
            else if (Y) return L();
            if (!(s && _.substring(0, b) === s)) {
              if (w) {
                if (((I = []), J(_.split(e)), U(), M)) return L();
              } else J(_.split(e));
              if (l && o >= l) return ((I = I.slice(0, l)), L(!0));
            }
          }
          return L();
        }
        for (
          var i = h.indexOf(e, f),
            m = h.indexOf(r, f),
            O = new RegExp(ne(S) + ne(u), 'g'),
            n = h.indexOf(u, f);
          ;
        ) {
          if (h[f] === u) {
            for (n = f, f++; ;) {
              if (((n = h.indexOf(u, n + 1)), n === -1))
                return (
                  Y ||
                    W.push({
                      type: 'Quotes',
                      code: 'MissingQuotes',
                      message: 'Quoted field unterminated',
                      row: I.length,
                      index: f,
                    }),
                  Q()
                );
              if (n === v - 1) {
                var g = h.substring(f, n).replace(O, u);
                return Q(g);
              }
              if (u === S && h[n + 1] === S) {
                n++;
                continue;
              }
              if (!(u !== S && n !== 0 && h[n - 1] === S)) {
                (i !== -1 && i < n + 1 && (i = h.indexOf(e, n + 1)),
                  m !== -1 && m < n + 1 && (m = h.indexOf(r, n + 1)));
                var D = m === -1 ? i : Math.min(i, m),
                  A = ae(D);
                if (h.substr(n + 1 + A, k) === e) {
                  (_.push(h.substring(f, n).replace(O, u)),
                    (f = n + 1 + A + k),
                    h[n + 1 + A + k] !== u && (n = h.indexOf(u, f)),
                    i !== -1 && i < f && (i = h.indexOf(e, f)),
                    m !== -1 && m < f && (m = h.indexOf(r, f)));
                  break;
                }
                var G = ae(m);
                if (h.substring(n + 1 + G, n + 1 + G + C) === r) {
                  if (
                    (_.push(h.substring(f, n).replace(O, u)),
                    X(n + 1 + G + C),
                    i !== -1 && i < f && (i = h.indexOf(e, f)),
                    (n = h.indexOf(u, f)),
                    w && (U(), M))
                  )
                    return L();
                  if (l && I.length >= l) return L(!0);
                  break;
                }
                (W.push({
                  type: 'Quotes',
                  code: 'InvalidQuotes',
                  message: 'Trailing quote on quoted field is malformed',
                  row: I.length,
                  index: f,
                }),
                  n++);
              }
            }
            continue;
          }
          if (s && _.length === 0 && h.substring(f, f + b) === s) {
            if (m === -1) return L();
            ((f = m + C), (m = h.indexOf(r, f)), i !== -1 && i < f && (i = h.indexOf(e, f)));
            continue;
          }
          if (i !== -1 && (i < m || m === -1)) {
            (_.push(h.substring(f, i)), (f = i + k), (i = h.indexOf(e, f)));
            continue;
          }
          if (m !== -1) {
            if ((_.push(h.substring(f, m)), X(m + C), w && (U(), M))) return L();
            if (l && I.length >= l) return L(!0);
            continue;
          }
          break;
        }
        return Q();
        function J(F) {
          (I.push(F), ($ = f));
        }
        function ae(F) {
          var q = 0;
          if (F !== -1) {
            var Z = h.substring(n + 1, F);
            Z && Z.trim() === '' && (q = Z.length);
          }
          return q;
        }
        function Q(F) {
          return (
            Y || (typeof F == 'undefined' && (F = h.substring(f)), _.push(F), (f = v), J(_), w && U()),
            L()
          );
        }
        function X(F) {
          ((f = F), J(_), (_ = []), (m = h.indexOf(r, f)));
        }
        function L(F) {
          if (t.header && !p && I.length && !x) {
            let q = I[0],
              Z = Object.create(null),
              pe = new Set(q),
              Re = !1;
            for (let ee = 0; ee < q.length; ee++) {
              let j = ye(q[ee]);
              if ((E(t.transformHeader) && (j = t.transformHeader(j, ee)), !Z[j])) ((Z[j] = 1), (q[ee] = j));
              else {
                let he,
                  ge = Z[j];
                do ((he = `${j}_${ge}`), ge++);
                while (pe.has(he));
                (pe.add(he), (q[ee] = he), Z[j]++, (Re = !0), R === null && (R = {}), (R[he] = j));
              }
              pe.add(j);
            }
            (Re && console.warn('Duplicate headers found and renamed.'), (x = !0));
          }
          return {
            data: I,
            errors: W,
            meta: {
              delimiter: e,
              linebreak: r,
              aborted: M,
              truncated: !!F,
              cursor: $ + (p || 0),
              renamedHeaders: R,
            },
          };
        }
        function U() {
          (a(L()), (I = []), (W = []));
        }
      }),
        (this.abort = function () {
          M = !0;
        }),
        (this.getCharIndex = function () {
          return f;
        }));
    }
    function Ae() {
      if (!d.WORKERS_SUPPORTED) return !1;
      var t = z(),
        e = new c.Worker(t);
      return ((e.onmessage = De), (e.id = Oe++), (oe[e.id] = e), e);
    }
    function De(t) {
      var e = t.data,
        r = oe[e.workerId],
        s = !1;
      if (e.error) r.userError(e.error, e.file);
      else if (e.results && e.results.data) {
        var a = function () {
            ((s = !0), ke(e.workerId, { data: [], errors: [], meta: { aborted: !0 } }));
          },
          l = { abort: a, pause: _e, resume: _e };
        if (E(r.userStep)) {
          for (
            var y = 0;
            y < e.results.data.length &&
            (r.userStep({ data: e.results.data[y], errors: e.results.errors, meta: e.results.meta }, l), !s);
            y++
          );
          delete e.results;
        } else E(r.userChunk) && (r.userChunk(e.results, l, e.file), delete e.results);
      }
      e.finished && !s && ke(e.workerId, e.results);
    }
    function ke(t, e) {
      var r = oe[t];
      (E(r.userComplete) && r.userComplete(e), r.terminate(), delete oe[t]);
    }
    function _e() {
      throw new Error('Not implemented.');
    }
    function Ie(t) {
      var e = t.data;
      if ((typeof d.WORKER_ID == 'undefined' && e && (d.WORKER_ID = e.workerId), typeof e.input == 'string'))
        c.postMessage({ workerId: d.WORKER_ID, results: d.parse(e.input, e.config), finished: !0 });
      else if ((c.File && e.input instanceof File) || e.input instanceof Object) {
        var r = d.parse(e.input, e.config);
        r && c.postMessage({ workerId: d.WORKER_ID, results: r, finished: !0 });
      }
    }
    function ue(t) {
      if (typeof t != 'object' || t === null) return t;
      var e = Array.isArray(t) ? [] : {};
      for (var r in t) e[r] = ue(t[r]);
      return e;
    }
    function P(t, e) {
      return function () {
        t.apply(e, arguments);
      };
    }
    function E(t) {
      return typeof t == 'function';
    }
    return d;
  });
});
var Ne = {};
ze(Ne, { Parser: () => de.Parser, parse: () => de.parse });
module.exports = He(Ne);
var de = We(we());
