package token

import "testing"

func TestEnglish(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		// English, and what says nothing.
		{"", true},
		{"https://example.com/news/1234", true},
		{"😂😂😂 !!!", true},
		{"1979 2003 100%", true},
		{"@POTUS #MAGA #2020", true},
		{"lol", true},
		{"Khamenei Zarif Rouhani", true},
		{"Muqtada al-Sadr, Nouri al-Maliki, Haider al-Abadi", true},
		{"USA USA USA", true},
		{"smh fr fr no cap", true},
		{"Go home.", true},
		{"y'all gonna regret dis tbh", true},
		{"No way José", true},
		{"Viva la revolución! The people of Cuba deserve better than that.", true},
		{"He said que sera, sera and went on with it.", true},
		{"Die Hard is a better film than this debate was", true},
		{"Donald Trump, Joe Biden, Bernie Sanders, Elizabeth Warren, Kamala Harris", true},
		{"I met Ali (علي) in Basra and he told me the same thing.", true},
		{"dont u think the yanks shud leave iraq alone", true},
		{"Los Angeles, El Paso, Las Vegas", true},
		{"BREAKING: Iran fires missiles", true},
		{"Inshallah they will leave soon bhai", true},
		// Other languages.
		{"Los soldados de Estados Unidos no deben quedarse en Irak porque la guerra ya terminó.", false},
		{"Que se vayan todos de nuestro país, no los queremos aquí.", false},
		{"Les Américains ne veulent pas quitter l'Irak et c'est une honte pour nous tous.", false},
		{"Die Amerikaner sollen endlich nach Hause gehen, das ist nicht ihr Krieg.", false},
		{"Os americanos não querem sair do Iraque e isso é uma vergonha para todos.", false},
		{"Gli americani non vogliono lasciare l'Iraq e questo è un problema per tutti.", false},
		{"De Amerikanen willen niet weg uit Irak en dat is een schande voor ons.", false},
		{"Amerikalılar bu ülkeden gitmek istemiyor ve bu çok kötü bir şey.", false},
		{"Tentara Amerika tidak akan pergi dari negara ini karena mereka ingin minyak.", false},
		{"Yeh log kya bol rahe hain, inko kuch nahi pata aur bhi baatein karte hain.", false},
		{"Американцы не хотят уходить из Ирака.", false},
		{"الأمريكيون لا يريدون مغادرة العراق", false},
		{"امریکی فوج عراق سے نہیں جائے گی", false},
		{"美国军队不想离开伊拉克", false},
		{"Οι Αμερικανοί δεν θέλουν να φύγουν από το Ιράκ", false},
		{"Amerykanie nie chcą wyjść z Iraku i to jest wstyd dla nas.", false},
		{"Amerikanerna vill inte lämna landet och det är en skam för oss.", false},
		{"Amerikkalaiset eivät halua lähteä Irakista, mikä häpeä heille kaikille ja meillekin täällä pohjoisessa, sanoi mies naapurilleen eilen illalla ennen nukkumaanmenoa kylmässä saunassa.", false},
	} {
		s := scan(test.text)
		if got := English(s, s.Sentences); got != test.want {
			t.Errorf("English(%q) = %v", test.text, got)
		}
	}
}

func BenchmarkEnglish(b *testing.B) {
	s := scan("I don't think the troops should stay there any longer, it is a terrible waste of money and good people!")
	for b.Loop() {
		English(s, s.Sentences)
	}
}
