import chineseDays = require('chinese-days');
declare function calendar(): typeof chineseDays;
export = calendar;
