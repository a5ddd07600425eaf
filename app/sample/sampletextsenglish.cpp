// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/sampletexts.h"

namespace Earshot {

namespace {

QList<SampleTopic> englishTopics()
{
    return {
        {u"shipping",
         false,
         {u"Took ages to arrive", u"Delivery is the weak spot", u"Lost in the post"},
         {u"My {product} was supposed to arrive {days} days ago. The tracking page still says \"label printed\".",
          u"Order {order} is stuck somewhere near {city}. Could you find out where my {product} is?",
          u"The courier says the parcel was handed to a neighbour. I have no neighbour. Order {order}.",
          u"Paid for express, waited {days} days, got a box with somebody else's {product} in it.",
          u"Is there any way to change the address of order {order}? I am moving to {city} next week.",
          u"Half of my order came today, the {part} is missing. The slip says everything was packed."},
         {u"Sorry for the wait, {name}. I have asked the carrier to look for {order} and will tell you as soon as they "
          u"answer.",
          u"Thanks for telling us. A replacement leaves our warehouse today; you need not do anything.",
          u"That should not happen. Could you send us the number on the label? Then we can trace it.",
          u"The parcel was scanned in {city} this morning, so it should be with you tomorrow."}},
        {u"hardware",
         false,
         {u"Stopped working after {days} days", u"Good idea, shaky build", u"Not what I hoped for"},
         {u"My {product} makes a rattling noise since yesterday. It sounds as if the {part} is loose.",
          u"The {product} switches itself off after about {days} minutes. Already tried another socket.",
          u"Is it normal that the {part} of the {product} gets this warm? I can hardly touch it.",
          u"The {part} broke off on the second day. I did nothing unusual with it.",
          u"After the power cut last night my {product} only blinks red three times and stops.",
          u"The display of my {product} has a dark line from top to bottom."},
         {u"That does not sound right, {name}. Please hold the power button for ten seconds and tell us what the light "
          u"does then.",
          u"The {part} is covered by the warranty. We are sending you a new one, no need to return the old one first.",
          u"Could you send us a photo of the serial number? It is on the underside.",
          u"Three red blinks mean that the {part} is not seated properly. The guide on our support page shows how to "
          u"put it back."}},
        {u"refund",
         false,
         {u"Waiting for my money", u"Return was a hassle"},
         {u"I sent the {product} back {days} days ago and still have no refund. Order {order}.",
          u"How do I return a {product}? The form on your site just says \"something went wrong\".",
          u"You refunded the wrong amount for {order}: the shipping is missing.",
          u"Cancelled {order} within an hour and it was charged all the same. Please give me my money back.",
          u"Your shop charged me twice for one {product}."},
         {u"I can see the return of {order}, {name}. The refund was started this morning and takes up to three days.",
          u"You are right, that was our mistake. The difference is on its way.",
          u"I have cancelled the second charge. Depending on your bank it disappears by tomorrow.",
          u"Here is a return label that works; we have told the people who look after the form."}},
        {u"bug",
         false,
         {u"The app spoils it", u"Update made it worse"},
         {u"Since the last update the app forgets my {product} every morning.",
          u"The app shows a blank page as soon as I open the settings of the {product}.",
          u"The timer of my {product} is one hour off since the clocks changed.",
          u"Firmware update stops at 73 %, every single time. {product}, bought in {city}.",
          u"Your app asks for my location although I switched that off. Why?",
          u"Alexa finds the {product}, the app does not. It used to be the other way round."},
         {u"Thanks for the report, {name}. We can reproduce it; a fix is planned for the next version.",
          u"Please remove the {product} from the app and add it again. That helps in most cases.",
          u"Which version of the app do you have? It is at the very bottom of the settings.",
          u"The update needs the {product} within two metres of the router while it runs. Could you try that?"}},
        {u"feature",
         false,
         {u"Nearly perfect", u"One thing is missing"},
         {u"Would love to see a night mode for the {product}. The light is far too bright in the bedroom.",
          u"Any plans for a {product} with a replaceable {part}?",
          u"Please let us set more than five timers. Five is nothing in a house with kids.",
          u"Could the {product} show the power it uses? Would be great for the nerds among us.",
          u"A quiet mode between ten and six would make the {product} perfect."},
         {u"We like that idea, {name}! It is on the list for the next generation.",
          u"There is a hidden setting for it: press both buttons for five seconds.",
          u"No promise yet, but you are not the first to ask, and we have passed it on."}},
        {u"praise",
         true,
         {u"Love it", u"Best purchase this year", u"Does what it should", u"Would buy again"},
         {u"Just want to say that my {product} has been running for {days} months without a hitch. Well done.",
          u"The {product} is the first thing in this flat that simply works. Thank you!",
          u"Called about a broken {part}, had a new one two days later. That is how support should be.",
          u"Bought a second {product} for my parents in {city}. They love it too.",
          u"Quiet, solid, easy to clean. The {product} was worth every cent.",
          u"Somebody at ACME packed a hand-written card with my {product}. Made my day."},
         {u"That made our day, {name}. Thank you!", u"So good to hear. Greetings to {city}!"}},
        {u"question",
         false,
         {u"Good, but read the manual first", u"Questions remain"},
         {u"Does the {part} of the old {product} fit the new one?",
          u"Can I run the {product} outdoors, on a covered balcony?",
          u"How often should the {part} be cleaned? The manual says \"regularly\".",
          u"Is there a shop in {city} where I can have a look at the {product}?",
          u"Which {product} would you take for a room of {days} square metres?",
          u"Where can I download the manual of the {product} in French?"},
         {u"Yes, it fits, {name}. You only need the small adapter, which is in the box.",
          u"Once a month is enough; more often with pets in the house.",
          u"The smaller one will do. You can send it back within 60 days if it does not.",
          u"You find it on the support page, under documents, at the bottom."}},
    };
}

} // namespace

const SampleLanguage &englishTexts()
{
    static const SampleLanguage texts{
        englishTopics(),
        {u"Any idea?", u"I have had it for {days} weeks now.", u"This is the second time.",
         u"I wrote an e-mail last week and got no answer.", u"Bought it in {city}, I still have the receipt.",
         u"Not angry, just tired.", u"What can I do?", u"Otherwise a fine device.",
         u"The order number is {order}, in case you need it."},
        {u"Tried that, no change.", u"It worked for a day, now it is the same again.",
         u"Thanks, but the link leads to an error page.", u"I sent you the photo. Did it arrive?",
         u"And how long will that take?", u"The number on the underside is {order}.",
         u"Sorry, I do not understand the last step.", u"Still waiting, {days} days later."},
        {u"Sorry to hear that. Then we will exchange it: please check your mail for the label.",
         u"Thanks for trying, {name}. I am passing it on to a colleague who knows the {product} better than I do.",
         u"Got it, thank you. You will have an answer by tomorrow noon.",
         u"Here is the step in other words: open the lid first, then press the {part} down until it clicks."},
        {u"That helped, thank you!", u"Works again. Thanks for the quick answer!", u"Perfect, the parcel just arrived.",
         u"Great service, really.", u"Thanks {agent}, all good now."},
        {u"Same here, by the way. Mine started last week.", u"Have you tried turning the {part} around?",
         u"I had that too, they sent me a new one.", u"Following this.", u"Mine is fine, must be a bad batch."},
        {u"Emma", u"Oliver", u"Amelia", u"Noah", u"Sophie", u"Liam", u"Grace",  u"Ethan",  u"Chloe", u"Lucas",
         u"Isla", u"Mason",  u"Priya",  u"Omar", u"Zoe",    u"Ravi", u"Hannah", u"Callum", u"Aoife", u"Marek"},
        {u"Hughes", u"Okafor", u"Bennett", u"Singh", u"Doyle", u"Walsh", u"Novak", u"Fraser", u"Whitfield", u"Osei",
         u"Larkin", u"Mercer", u"Tanaka", u"Ellis", u"Romero", u"Byrne", u"Hartley", u"Quinn"},
        {u"Leeds", u"Bristol", u"Dublin", u"Glasgow", u"Toronto", u"Utrecht", u"Cardiff", u"Boston"},
        {u"filter", u"hinge", u"power cable", u"fan", u"lid", u"battery", u"hose", u"dimmer"},
        {u"Meet the new ThinkTower 9", u"How we test the AeroPump", u"Five quiet things about the HushFan 3",
         u"What happens to returned devices", u"Lumio learns to dim", u"Spare parts for ten years",
         u"Behind the scenes: our repair bench", u"The app, version 5", u"Why we changed the packaging"},
        {{u"Late delivery", u"Sorry for the wait, {first name}. Please send us the number of your order in a private "
                            u"message: then we ask the carrier where it is."},
         {u"Photo of the label", u"Could you send us a photo of the label, {first name}? It is on the underside."},
         {u"Repair", u"Please send the {device} to our repair bench, with {number} on the parcel. You have it back "
                     u"within two weeks."},
         {u"Thanks", u"Thank you for the kind words, {first name}! We pass them on."}},
    };
    return texts;
}

const QList<QStringView> &sampleProducts()
{
    static const QList<QStringView> products{u"ThinkTower 9",  u"ThinkTower 7", u"AeroPump",
                                             u"AeroPump Mini", u"Lumio lamp",   u"Lumio Strip",
                                             u"HushFan 3",     u"BrewMate",     u"PaperTiger 200"};
    return products;
}

const QList<QStringView> &sampleNotes()
{
    static const QList<QStringView> notes{
        u"@Kim could you look at this one? I am not sure about the warranty.",
        u"@Ana this is the third report of the same batch this week.",
        u"Called the carrier, they call back before five.",
        u"@Jonas you had the same case in spring, how did that end?",
        u"Serial number is from the batch with the weak hinge.",
        u"Customer has two open orders, do not mix them up.",
        u"@Mira bitte auf Deutsch antworten, mir fehlen die Worte.",
        u"Refund approved, see the shop's back office.",
        u"@Ana please approve the exchange, it is over the limit.",
        u"Wartet auf Rückmeldung aus der Werkstatt.",
        u"Friendly, patient, deserves a voucher.",
        u"@Kim ich übernehme das morgen früh, falls niemand schneller ist.",
    };
    return notes;
}

const QList<QStringView> &sampleSpam()
{
    static const QList<QStringView> spam{
        u"Cheap watches, real gold, best price!!! http://watches.example/buy",
        u"I earn 5000 a week from my sofa. Ask me how: http://sofa.example",
        u"Great post. Visit my page for loans without questions http://loans.example",
        u"Ihre Webseite auf Platz 1! Nur heute: http://platz-eins.example",
    };
    return spam;
}

} // namespace Earshot
