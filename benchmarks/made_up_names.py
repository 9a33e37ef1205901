"""Moroccan names for made-up people: each in Arabic letters, then the Latin spellings that offices write
(`_` for a space within a name).

The lists are our own, common words of the country; the first of a list are the most frequent.
"""

MEN = """
محمد MOHAMMED MOHAMED MOUHAMED MHAMED | أحمد AHMED AHMAD | يوسف YOUSSEF YOUSSOUF YUSUF | حسن HASSAN HASAN
عبد_الله ABDELLAH ABDALLAH ABDULLAH | رشيد RACHID RASHID | سعيد SAID SAYD | خالد KHALID KHALED
مصطفى MUSTAPHA MOSTAFA MUSTAFA MOUSTAPHA | إبراهيم IBRAHIM BRAHIM
عبد_الرحيم ABDERRAHIM ABDRAHIM ABDERAHIM | عبد_الرحمان ABDERRAHMANE ABDERRAHMAN ABDRAHMANE
حمزة HAMZA HAMZAH | أيوب AYOUB AYYOUB AYUB | أنس ANAS ANASS | عمر OMAR AMAR | علي ALI ALY
كريم KARIM KAREEM | نبيل NABIL | عادل ADIL ADEL | المهدي EL_MEHDI ELMEHDI MEHDI
ياسين YASSINE YASSIN YASIN | زكرياء ZAKARIA ZAKARIAE ZAKARYA | إسماعيل ISMAIL SMAIL ISMAEL
طارق TARIK TAREK TARIQ | هشام HICHAM HISHAM | جمال JAMAL DJAMAL | جواد JAOUAD JAWAD | فؤاد FOUAD FUAD
مراد MOURAD MORAD | رضوان REDOUANE RADOUANE REDWAN | نور_الدين NOUREDDINE NOURDINE NOUR_EDDINE
عز_الدين AZZEDDINE AZEDDINE EZZEDDINE | صلاح_الدين SALAH_EDDINE SALAHEDDINE SALAHDINE | بدر BADR BADER
حسين HOUSSINE HUSSEIN HOCINE HOUCINE | لحسن LAHCEN LAHSEN | الحسين EL_HOUSSINE ELHOUSSAINE EL_HOUCINE
عبد_العزيز ABDELAZIZ ABDEL_AZIZ ABDUL_AZIZ | عبد_القادر ABDELKADER ABDEL_KADER ABDELKADIR
عبد_الكريم ABDELKARIM ABDELKRIM ABDEL_KARIM | عبد_اللطيف ABDELLATIF ABDEL_LATIF
عبد_المجيد ABDELMAJID ABDEL_MAJID ABDELMADJID | عبد_الحق ABDELHAK ABDEL_HAK ABDELHAQ
عبد_الصمد ABDESSAMAD ABDESAMAD | عبد_السلام ABDESSALAM ABDESLAM | عبد_الغني ABDELGHANI ABDEL_GHANI
عبد_الجليل ABDELJALIL ABDELDJALIL | عبد_الواحد ABDELOUAHED ABDELWAHED ABDELOUAHID
إدريس DRISS IDRISS IDRIS | عزيز AZIZ | منير MOUNIR MONIR MUNIR | سمير SAMIR | أمين AMINE AMIN
بلال BILAL BILEL | سفيان SOUFIANE SOFIANE SUFYAN | أسامة OUSSAMA OUSAMA USAMA | معاذ MOUAD MOAD MUADH
عثمان OTHMANE OTMANE OTHMAN | طه TAHA | ربيع RABIE RABII | وليد WALID OUALID WALEED
فيصل FAYCAL FAISSAL FAISAL | توفيق TAOUFIK TAWFIK TOUFIK | شعيب CHOUAIB SHUAIB CHOAIB
شكيب CHAKIB SHAKIB | شرف CHARAF SHARAF | غسان GHASSANE GHASSAN | قاسم KACEM KASSEM QASIM
جابر JABER JABIR | بوشعيب BOUCHAIB BOUCHOUAIB | بوجمعة BOUJEMAA BOUDJEMAA BOUJAMAA | ميلود MILOUD MILOUDE
العربي LARBI EL_ARBI ELARBI | المختار MOKHTAR EL_MOKHTAR MUKHTAR | الطيب TAYEB TAIEB ETTAYEB
سليمان SOULAIMANE SLIMANE SULAYMAN | موسى MOUSSA MUSA | عيسى AISSA ISSA | يحيى YAHYA YAHIA
داود DAOUD DAWUD | هارون HAROUN HAROUNE | إلياس ILYAS ILYASS ELIAS | ريان RAYANE RAYAN | آدم ADAM
نوفل NAOUFAL NAWFAL NAOUFEL | مروان MAROUANE MARWAN MAROUAN | نجيب NAJIB NADJIB | لطفي LOTFI LOUTFI
كمال KAMAL | جلال JALAL DJALAL JALLAL | سعد SAAD | فهد FAHD | ماجد MAJID MAJED | حكيم HAKIM
سالم SALEM SALIM | ناصر NACER NASSER
"""

WOMEN = """
فاطمة FATIMA FATMA FATIMAH | خديجة KHADIJA KHADIDJA KHADIJAH | عائشة AICHA AISHA AYCHA
فاطمة_الزهراء FATIMA_ZAHRA FATIMA_EZZAHRA FATIMA_ZOHRA FATIMAZAHRA | مريم MERYEM MARIAM MARYAM MERIEM
زينب ZINEB ZAINAB ZAYNAB | حنان HANANE HANAN | سعاد SOUAD SUAD | نادية NADIA NADYA | سميرة SAMIRA
لطيفة LATIFA LATEEFA | رشيدة RACHIDA RASHIDA | حياة HAYAT HAYATE | نعيمة NAIMA NAYMA | مليكة MALIKA
جميلة JAMILA DJAMILA | كريمة KARIMA | أمينة AMINA | سناء SANAE SANAA | هند HIND HINDE | إيمان IMANE IMAN
أسماء ASMAE ASMA ASMAA | هاجر HAJAR HADJAR | سلمى SALMA SELMA | إكرام IKRAM IKRAME
غزلان GHIZLANE GHIZLAN RHIZLANE | شيماء CHAIMAE CHAIMAA SHAIMA | وفاء WAFAE OUAFAE WAFAA
رجاء RAJAE RAJAA RADJAE | لمياء LAMIAE LAMIA LAMYAE | سارة SARA SARAH | نجاة NAJAT NAJATE NADJAT
بشرى BOUCHRA BUSHRA | كوثر KAOUTAR KAWTAR KAOUTHAR | ابتسام IBTISSAM IBTISSAME EBTISSAM | نورة NOURA NORA
نوال NAOUAL NAWAL | هدى HOUDA HODA | ليلى LAILA LEILA LAYLA | سكينة SOUKAINA SOKAINA SUKAYNA
صفاء SAFAE SAFAA | دنيا DOUNIA DUNIA | وداد WIDAD OUIDAD | إلهام ILHAM ILHAME | أمل AMAL | منى MOUNA MONA
رقية ROKIA ROUKAYA RUQAYYA | يسرى YOUSRA YUSRA | ملاك MALAK | آية AYA | زهور ZHOUR ZOUHOUR | فتيحة FATIHA
حفيظة HAFIDA HAFIDHA | ربيعة RABIA RABIAA | بهيجة BAHIJA BAHIDJA | عزيزة AZIZA | حليمة HALIMA
زهرة ZAHRA ZOHRA | يامنة YAMNA YAMINA | سمية SOUMAYA SOUMIA SUMAYYA | حورية HOURIA HOURIYA
جهان JIHANE DJIHANE JIHAN | شادية CHADIA SHADIA | غادة GHADA RHADA | مونية MOUNIA MONIA | رحمة RAHMA
عتيقة ATIKA ATIQA | فوزية FOUZIA FAOUZIA | خولة KHAOULA KHAWLA | بثينة BOUTAINA BOUTHAINA
"""

#: Surnames that stand alone.
PLAIN = """
العلوي ALAOUI ALAWI | التازي TAZI | بناني BENNANI BENANI | الفاسي FASSI FASI | الإدريسي IDRISSI IDRISI
برادة BERRADA BARRADA | الشرقاوي CHERKAOUI CHARKAOUI SHARQAWI | الكتاني KETTANI KATTANI
السقاط SEKKAT SAKKAT | الصقلي SQALLI SKALI SKALLI | لحلو LAHLOU | الغازي GHAZI RHAZI
الودغيري OUDGHIRI OUADGHIRI | عمراني AMRANI | حجي HAJJI HADJI | رحماني RAHMANI
سليماني SLIMANI SOULAIMANI | مرابط MRABET MORABIT | قادري KADIRI QADIRI | زروالي ZEROUALI ZERWALI
بوزيدي BOUZIDI | شاكر CHAKIR SHAKIR | صابر SABIR SABER | ناجي NAJI NADJI | فاضل FADIL FADHIL | راضي RADI
جباري JEBBARI JABBARI | وهبي OUAHBI WAHBI | شفيق CHAFIK SHAFIQ | حداد HADDAD | نجار NAJJAR NEJJAR
خياط KHAYAT KHIYAT | صباغ SEBBAGH SABBAGH | عطار ATTAR | فلاح FELLAH FALLAH | بناء BENNA
دباغ DEBBAGH DABBAGH | طالب TALEB TALIB | حكيم HAKIM | زياني ZIANI | تاونزة TAOUNZA
مزوار MEZOUAR MEZWAR | عسري ASRI | جديد JDID | كنون GUENNOUN GANNOUN | قباج KABBAJ QABBAJ
عراقي IRAKI IRAQI | منصوري MANSOURI | يعقوبي YAAKOUBI YACOUBI | حسني HOUSNI HOSNI | رفيق RAFIK RAFIQ
وردي OUARDI WARDI | غفور GHAFOUR | جعفري JAAFARI DJAAFARI | خلوفي KHALLOUFI KHELLOUFI
دحمان DAHMANE DAHMAN | زهيري ZOUHAIRI ZHIRI | شهيد CHAHID SHAHID | صديقي SEDDIKI SADDIKI
طاهري TAHIRI TAHERI | عزوزي AZZOUZI AZOUZI | فرحات FARHAT | قدور KADDOUR QADDUR | كداري KEDDARI
لمريني LAMRINI | مومن MOUMEN MOUMIN | ناصيري NACIRI NASSIRI | هلالي HILALI HELALI
وزاني OUAZZANI OUEZZANI | يزيدي YAZIDI | حمدوشي HAMDOUCHI | رامي RAMI | سباعي SBAI SEBAI
"""

#: Surnames that take "El" or "Al", joined or apart.
WITH_ARTICLE = """
المنصوري MANSOURI MANSURI | العمراني AMRANI | الحسني HASSANI HASANI | الفيلالي FILALI
المرابط MRABET MORABIT | الغازي GHAZI RHAZI | القادري KADIRI QADIRI | الإدريسي IDRISSI | الخطابي KHATTABI
الشرقي CHERQI CHARKI | الهاشمي HACHIMI HASHIMI | الناصري NACIRI NASSIRI | الزهراوي ZAHRAOUI
الوردي OUARDI | البقالي BAKKALI BAQALI | السباعي SBAI | العزوزي AZZOUZI | المالكي MALKI MALIKI
الطاهري TAHIRI | الرايس RAISS RAIS | الحداد HADDAD | الخياري KHIARI KHAYARI | الكحلاوي KAHLAOUI
الجابري JABRI DJABRI | الحمداوي HAMDAOUI HAMDAWI | المسعودي MESSAOUDI MASOUDI | البوعزاوي BOUAZZAOUI
الدرقاوي DERKAOUI DARQAWI | الأزهري AZHARI | الصغير SGHIR SAGHIR | الكبير KEBIR KABIR
العياشي AYACHI AYASHI | الغماري GHOMARI GHMARI | القاسمي KASMI KASSIMI QASMI | اليعقوبي YAAKOUBI YACOUBI
الورياغلي OURIAGHLI WARYAGHLI | الشاوي CHAOUI SHAWI | الزياني ZIANI | البوزيدي BOUZIDI
العثماني OTHMANI OTMANI | الريسوني RAISSOUNI RAYSOUNI | المغاري MAGHARI | الحجوي HAJOUI HAJWI
الكرتي KARTI | الوافي OUAFI WAFI | الصالحي SALHI SALIHI | المختاري MOKHTARI | العلمي ALAMI
الفقيه FAKIH FQIH | الباز BAZ | الجيلالي JILALI DJILALI | الرحالي RAHALI | السعيدي SAIDI
الشريف CHERIF SHARIF
"""

#: What follows "Ben" (son of), joined or apart.
WITH_BEN = """
علي ALI | جلون JELLOUN | عمر OMAR | صالح SALAH SALEH | عيسى AISSA | يوسف YOUSSEF | موسى MOUSSA
حمو HAMMOU | سعيد SAID | شقرون CHEKROUN CHAKROUN | كيران KIRANE | داود DAOUD | خدة KHADDA | سودة SOUDA
عزوز AZZOUZ | جابر JABER | قدور KADDOUR | منصور MANSOUR | حيدة HAIDA | طالب TALEB | الشيخ CHEIKH
ميمون MIMOUN | عبو ABBOU | هيمة HIMA | زكري ZEKRI | حسين HOUSSINE HOCINE | عمار AMMAR | رحو RAHHOU
خليفة KHALIFA | يحيى YAHYA
"""

#: Clans of the south: what follows "Ait".
WITH_AIT = """
لحسن LAHCEN | علي ALI | بلا BELLA | حدو HADDOU | سعيد SAID | إبراهيم BRAHIM | أوعلي OUALI
القاضي EL_KADI ELKADI | موح MOUH | بو BOU | حمو HAMMOU | منصور MANSOUR | يدير IDIR | عبد_الله ABDELLAH
باها BAHA | أوحمان OUHMANE | الطالب TALEB | خويا KHOUYA | داود DAOUD | طاهر TAHAR
"""

#: What follows "Ou" in Amazigh surnames, always joined.
WITH_OU = """
بلا BELLA | حسو HASSOU | علي ALI | سعيد SAID | موسى MOUSSA | عدي ADDI | باها BAHA | عسو ASSOU
حمو HAMMOU | لحسن LAHCEN | بريك BRIK | شن CHEN | طالب TALEB | حدو HADDOU | خويا KHOUYA | مغار MGHAR
"""

#: Towns with the letters that their identity cards begin with and how often people come from there.
TOWNS = (
    ("CASABLANCA", "الدار البيضاء", ("BE", "BK", "BH", "BJ", "BB"), 30),
    ("RABAT", "الرباط", ("A", "AA"), 10),
    ("SALE", "سلا", ("AB", "AE"), 9),
    ("FES", "فاس", ("C", "CD"), 12),
    ("MARRAKECH", "مراكش", ("E", "EE"), 11),
    ("TANGER", "طنجة", ("K", "KB"), 10),
    ("AGADIR", "أكادير", ("J", "JB", "JC"), 9),
    ("MEKNES", "مكناس", ("D", "DN"), 8),
    ("OUJDA", "وجدة", ("F", "FB"), 6),
    ("KENITRA", "القنيطرة", ("G", "GA"), 6),
    ("TETOUAN", "تطوان", ("L", "LA"), 5),
    ("SAFI", "آسفي", ("H", "HH"), 4),
    ("BENI MELLAL", "بني ملال", ("I", "IA"), 6),
    ("KHOURIBGA", "خريبكة", ("Q", "QA"), 5),
    ("EL JADIDA", "الجديدة", ("M", "MA"), 5),
    ("SETTAT", "سطات", ("W", "WA"), 4),
    ("NADOR", "الناظور", ("S", "SA"), 4),
    ("TAZA", "تازة", ("Z", "ZG"), 3),
    ("ERRACHIDIA", "الرشيدية", ("U", "UA"), 3),
    ("OUARZAZATE", "ورزازات", ("P", "PA"), 2),
    ("LAAYOUNE", "العيون", ("SH",), 2),
    ("KHENIFRA", "خنيفرة", ("V", "VA"), 2),
)

#: People who live in Morocco with another nationality: state, surnames and given names in both scripts.
ELSEWHERE = (
    (
        "SEN",
        "ديوب DIOP DIOPE | نداي NDIAYE N_DIAYE | فال FALL | سو SOW | با BA",
        "مامادو MAMADOU MAMADU | إبراهيما IBRAHIMA | شيخ CHEIKH SHEIKH | عمر OUMAR OMAR | عثمان OUSMANE",
    ),
    (
        "SYR",
        "الحلبي ALHALABI AL_HALABI | درويش DARWISH DARWICHE | خليل KHALIL | الأحمد ALAHMAD AL_AHMAD",
        "باسل BASEL BASSEL | يزن YAZAN | رامي RAMI | ريم REEM RIM | سوسن SAWSAN",
    ),
    (
        "YEM",
        "الصنعاني ALSANANI AL_SANANI | الحكيمي ALHAKIMI AL_HAKIMI | باوزير BAWAZIR",
        "هيثم HAITHAM | طلال TALAL | عبده ABDO ABDU | أروى ARWA",
    ),
    (
        "CIV",
        "كوني KONE | تراوري TRAORE | كوليبالي COULIBALY | واتارا OUATTARA",
        "ياكوبا YACOUBA YAKOUBA | أداما ADAMA | مريم MARIAM | سيدو SEYDOU SEIDOU",
    ),
)
