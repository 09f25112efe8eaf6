package token

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// English reports whether the words of the given sentences are English, or
// may be: it says no only where the script is another one, where another
// language's small words clearly outnumber English ones, or where a long text
// has next to none. Addresses, names, numbers and emoji say nothing, and a
// text without words is not "not English".
func English(doc *Scanner, sentences []Sentence) bool {
	table := smallWords()
	var counts [languages]int // small words by language
	words, names, known, latin, other, accents := 0, 0, 0, 0, 0, 0
	onlyEnglish, onlyForeign := 0, 0
	for _, s := range sentences {
		for i := s.First; i < s.Last; i++ {
			t := &doc.Tokens[i]
			if t.Flags&Symbol != 0 {
				continue
			}
			words++
			if t.Flags&Title != 0 {
				names++
			}
			if t.Word != 0 {
				known++
			}
			if class[t.Norm[0]]&isHigh != 0 {
				if r, _ := utf8.DecodeRuneInString(t.Norm); !unicode.Is(unicode.Latin, r) && unicode.IsLetter(r) {
					other += utf8.RuneCountInString(t.Norm)
					continue
				}
			}
			latin += len(t.Norm)
			if len(t.Norm) > longestSmallWord {
				if !ascii(t.Norm) {
					accents++
				}
				continue
			}
			mask := table[t.Norm]
			switch {
			case mask == english:
				counts[0]++
				if onlyEnglish++; onlyEnglish >= 5 && onlyForeign == 0 && other == 0 {
					return true
				}
				continue
			case mask == 0:
				if !ascii(t.Norm) {
					accents++
				}
				continue
			case mask&english == 0:
				onlyForeign++
			}
			for ; mask != 0; mask &= mask - 1 {
				counts[bits.TrailingZeros16(mask)]++
			}
		}
	}
	if 2*other > latin { // a rune of many scripts says more than a letter
		return false
	}
	best := 0
	for _, n := range counts[1:] {
		best = max(best, n)
	}
	if onlyForeign > 0 {
		best += min(accents, 3)
	}
	switch {
	case onlyForeign >= 2 && best >= 3 && 2*best > 3*counts[0] && 6*best >= words:
		return false
	case onlyForeign >= 1 && best >= 2 && counts[0] == 0 && words >= 3 && 3*best >= words:
		return false
	case words >= 20 && counts[0] == 0 && 10*known < words && 2*names < words:
		return false
	case words >= 6 && counts[0] == 0 && 3*accents >= words:
		return false
	}
	return true
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

const (
	english          = 1 << 0
	longestSmallWord = 9 // bytes
)

// smallWords holds the small words of some languages, as a set of the
// languages that have the word.
var smallWords = sync.OnceValue(func() map[string]uint16 {
	table := map[string]uint16{}
	for i, list := range smallWordLists {
		for _, w := range strings.Fields(list) {
			table[w] |= 1 << i
		}
	}
	return table
})

const languages = len(smallWordLists)

// smallWordLists are the commonest function words by language, English first.
// A word that English posts use as well, if as slang or in names, stands in
// English too.
var smallWordLists = [...]string{
	// English
	`the of and to in is that it for was on are as with they be at this have from or by not but what all were when we there can an
	your which their said if will each about how up out them then she many some so these would other into has more her two like him
	see time could no make than been its now my made over did down only way may after know just most any our you i he his me us do
	does n't 's 're 've 'm 'll 'd who why because should am a don dont im u ur r lol yes yeah ok well good new people get got go
	going think want say says very too here where off also even still back never always right more much such those being had
	one let need really take come us man men war day o de la el al en san los las die no es`,
	// Spanish
	`el la los las de del que y en un una es son por para con no se lo le su sus al como más mas pero este esta esto eso muy ya
	todo todos cuando hay fue ser también tambien porque qué hasta donde quien nos sin sobre ellos nosotros ustedes está están era
	estos yo mi tu te me si sí o`,
	// French
	`le la les de des du un une et est que qui en dans pour pas ne sur ce cette ces il elle ils nous vous je tu au aux par plus avec
	mais ou où sont sa son ses leur on c'est j'ai n'est d'un d'une qu'il n'a s'il tout tous être était fait comme si très même aussi
	l'on quand rien jamais ont`,
	// German
	`der die das und ist nicht ein eine einen einem einer zu den dem des mit von auf für im in sich auch es er sie wir ihr ich du
	dass daß als wie aber oder wenn nur noch nach bei aus hat haben sind war werden wird kann kein keine mehr sehr was so um über zum zur
	doch schon diese dieser immer man vor durch gegen`,
	// Portuguese
	`o os as de do da dos das que e em um uma para com não nao se por mais mas como foi ao ele ela eles elas seu sua ou quando muito
	nos já está eu também só pelo pela até isso entre era depois sem mesmo aos ter seus quem nas me esse você vocês são é na no à às`,
	// Italian
	`il lo la i gli le di del della dei delle che e è un una per non in con si da come ma anche sono ho hai ha più piu questo questa
	quello nel nella al alla dal ci se io tu lui lei noi voi loro mi ti chi cosa perché perche molto tutto tutti solo gli sul c'è era stato`,
	// Dutch
	`de het een en van ik te dat die in is niet zijn op aan met als voor er maar om hem dan zou of wat mijn men dit zo door over ze
	bij ook tot je mij uit der naar hebben heeft hoe werd wel geen worden zij nog kan jij wij deze veel meer waar moet`,
	// Turkish
	`bir ve bu da de için ile çok ne mi ama var daha gibi olan kadar ben sen biz siz onlar değil olarak sonra her şey ki yok mı mu
	nasıl neden bunu`,
	// Indonesian and Malay
	`yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih sudah atau seperti
	oleh kita kami dia saat kalau gak nggak`,
	// Hindi and Urdu in Latin letters
	`hai hain ka ki ke ko mein nahi nahin kya aur bhi se tha thi thay yeh ye woh wo kar raha rahi rahe hum tum aap jo koi kuch toh ho
	hota hoti gaya gayi karta karte krte unka uska iska apna apne phir lekin magar agar sab bohat bahut wala wale walay iss uss`,
	// Polish
	`nie się w na z że to jest do i o co jak ale za po tak czy od jego tym już był być są dla przez przy który które ja ty my oni tylko może`,
	// Swedish, Norwegian and Danish
	`och det att som en på är av för med den till inte om ett han men var jag sig från vi så kan när år ska du hade eller vad og ikke
	jeg er på til af har ikke hun de blev meg deg noe være`,
	// Persian and Arabic in Latin letters are left out: they share too little spelling.
}
