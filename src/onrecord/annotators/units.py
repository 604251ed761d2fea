"""What a number counts: the words by which a figure gets its unit.

Nouns that are counted, verbs whose object or subject is counted, nouns of happening ("the death of"), and states
("dead", "missing"). All are lower-case word forms, so that text in capitals, which the parser reads badly, is served
as well. The units are those of `onrecord.model.UNITS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc

from onrecord.annotators.parse import codebook_of
from onrecord.annotators.word_sets import word_set
from onrecord.codebook.model import UnitWords
from onrecord.model import Unit

__all__ = ["DAMAGED", "FATAL", "PERSON", "SHOT", "STRUCK", "Units", "is_destruction", "units", "units_of"]

#: Under which a document keeps its tables.
_KEPT = "onrecord.units"
#: Stands for a noun of people, whose unit the verb decides; "people" where none does.
PERSON = "person"

#: Wounded, unless the words go on to say that it was to death.
SHOT = word_set("shot stabbed")
#: The same of people, in the passive alone: "two boys were struck in the leg".
STRUCK = word_set("struck hit grazed")
#: Before such a word: it was to death.
FATAL = word_set("fatal fatally mortally deadly")

#: Verbs whose object, or whose passive subject, is counted.
_ACTS: dict[Unit, str] = {
    "killed": """kill kills killed killing slay slays slew slain slaying murder murders murdered murdering assassinate
        assassinates assassinated assassinating execute executes executed executing massacre massacres massacred
        massacring slaughter slaughters slaughtered slaughtering behead beheads beheaded beheading neutralize
        neutralizes neutralized neutralizing neutralise neutralised eliminate eliminated eliminating lynch lynched
        lynching hang hanged drown drowned drowning""",
    "wounded": """wound wounds wounded wounding injure injures injured injuring hurt hurts hurting hospitalize
        hospitalized hospitalise hospitalised maim maimed maiming harm harmed harming burn shot stabbed""",
    "hostages": """kidnap kidnaps kidnapped kidnapping kidnaped kidnaping abduct abducts abducted abducting""",
    "captured": """capture captures captured capturing""",
    "detained": """arrest arrests arrested arresting detain detains detained detaining jail jails jailed jailing
        imprison imprisons imprisoned imprisoning apprehend apprehended apprehending incarcerate incarcerated""",
    "released": """release releases released releasing free frees freed freeing liberate liberated liberating pardon
        pardoned pardoning repatriate""",
    "displaced": """displace displaces displaced displacing uproot uproots uprooted uprooting shelter sheltered
        sheltering accommodate accommodated accommodating""",
    "evacuated": """evacuate evacuates evacuated evacuating relocate relocates relocated relocating resettle resettled
        airlift airlifted""",
    "returned": "repatriated repatriating",
}  # fmt: skip

#: Verbs whose active subject is counted.
_SUBJECTS: dict[Unit, str] = {
    "killed": "die dies died dying perish perishes perished perishing succumb succumbed fell",
    "missing": "disappear disappears disappeared disappearing vanish vanished vanishing",
    "displaced": """flee flees fled fleeing escape escaped shelter sheltered sheltering displaced""",
    "evacuated": "evacuate evacuates evacuated evacuating relocate relocated relocating",
    "returned": "return returns returned returning",
    "captured": "surrender surrenders surrendered surrendering",
    "people": "demonstrate demonstrated protest protested march marched rally rallied gathered",
}  # fmt: skip

#: Nouns of happening: "the death of 12 people", "the six priests' murder".
_HAPPENINGS: dict[Unit, str] = {
    "killed": """death deaths killing killings murder murders assassination assassinations massacre massacres slaying
        slayings execution executions slaughter toll lives bodies body corpses remains funeral funerals loss""",
    "wounded": "wounding injury injuries wounds hospitalization",
    "hostages": "kidnapping kidnappings kidnaping abduction abductions",
    "captured": "capture captures",
    "detained": "arrest arrests detention detentions imprisonment jailing apprehension custody",
    "released": "release freeing liberation",
    "displaced": "displacement displacements exodus flight",
    "evacuated": "evacuation evacuations relocation relocations",
    "returned": "return returns repatriation",
    "missing": "disappearance disappearances",
}  # fmt: skip

#: States, as adjectives, participles and nouns: "12 dead", "left 30 homeless", "six murdered priests".
_STATES: dict[Unit, str] = {
    "killed": """dead killed slain murdered deceased massacred executed martyred assassinated beheaded slaughtered
        perished drowned""",
    "wounded": "wounded injured hurt hospitalized hospitalised maimed shot stabbed",
    "missing": "missing disappeared unaccounted",
    "hostages": "kidnapped abducted hostage kidnaped",
    "captured": "captured captive",
    "detained": "arrested detained jailed imprisoned",
    "released": "released freed liberated",
    "displaced": "displaced homeless uprooted idp",
    "evacuated": "evacuated relocated",
    "refugees": "refugee",
}  # fmt: skip

#: Nouns that carry their unit themselves.
_COUNTED: dict[Unit, str] = {
    "killed": """deaths death fatalities fatality dead bodies body corpses corpse martyrs martyr lives killings
        murders""",
    "wounded": "wounded injuries injury injured",
    "missing": "missing disappearances",
    "hostages": "hostages hostage captives captive kidnappings abductions",
    "detained": "detainees detainee arrests detentions internees",
    "captured": "pows prisoners-of-war",
    "displaced": "idps idp displacements displaced",
    "evacuated": "evacuees evacuee evacuations",
    "refugees": "refugees refugee asylum-seekers asylum-seeker",
    "returned": "returnees returnee",
    "people": "survivors survivor",
    "attacks": """attacks attack raids raid airstrikes airstrike strikes strike bombings bombing explosions explosion
        blasts blast ambushes ambush shellings clashes clash assaults assault incursions incursion sorties sortie
        bombardments battles battle firefights shootings shooting hijackings violations skirmishes massacres
        massacre offensives""",
    "vehicles": """vehicles vehicle tanks tank trucks truck cars car buses bus helicopters helicopter aircraft plane
        planes jets jet warplanes warplane airplanes airplane ships ship vessels vessel boats boat warships warship
        lorries lorry motorcycles motorcycle bulldozers ambulances ambulance convoys bombers fighter-jets trains
        tankers apcs""",
    "weapons": """weapons weapon missiles missile rockets rocket rifles rifle bombs bomb grenades grenade mines mine
        landmines shells shell mortars mortar guns gun drones drone ied ieds machineguns pistols pistol bullets
        rounds kalashnikovs launchers launcher warheads warhead ammunition cartridges howitzers torpedoes munitions
        firearms explosives""",
}  # fmt: skip

_TROOPS = word_set(
    """
    soldiers soldier troops troop fighters fighter servicemen serviceman personnel peacekeepers peacekeeper
    reservists commandos commando marines paratroopers paratrooper militants militant insurgents insurgent
    rebels rebel guerrillas guerrilla terrorists terrorist militiamen militiaman policemen policeman gunmen
    gunman subversives subversive extremists extremist conscripts conscript officers officer recruits recruit
    mercenaries mercenary jihadists combatants combatant legionnaires infantrymen airmen sailors sailor guards
    guard gendarmes police constables attackers assailants bombers contras sergeants
    lieutenants colonels corporals privates infantry cavalry army enlisted patrolmen
    paramilitary paramilitaries lieutenant colonel corporal sergeant brigadiers brigadier captain
    """
)

_PEOPLE = word_set(
    """
    people persons person civilians civilian men man women woman children child boys boy girls girl villagers
    villager residents resident citizens citizen others other victims victim workers worker students student
    teachers teacher journalists journalist reporters priests priest nuns monks doctors doctor nurses nurse
    employees employee peasants peasant farmers farmer passengers passenger demonstrators demonstrator
    protesters protester protestors activists activist members member leaders leader officials official families
    family households household youths youth teenagers teenager infants infant babies baby toddlers relatives
    relative brothers brother sisters sons son daughters daughter mothers mother fathers father wives husbands
    parents pilgrims pilgrim tourists tourist migrants migrant foreigners foreigner diplomats diplomat inmates
    inmate prisoners prisoner suspects suspect occupants pedestrians pedestrian bystanders
    bystander worshippers worshipper shoppers adults adult minors elderly aid-workers staff crew crewmen
    crewmembers pilots pilot drivers driver engineers engineer technicians judges judge lawyers lawyer
    politicians politician candidates supporters supporter followers follower individuals individual inhabitants
    inhabitant population locals local nationals national evangelists missionaries missionary jesuits jesuit
    maids settlers settler tribesmen elders elder nomads herders fishermen miners labourers laborers contractors
    contractor observers observer patients patient schoolchildren schoolgirls schoolboys pupils pupil marchers
    rioters mourners voters delegates delegate ministers lawmakers legislators mayors businessmen merchants
    peasants cooks guards bodyguards bodyguard bishops scouts strikers unionists rescuers firefighters
    firefighter responders medics paramedics volunteers cadres accomplices collaborators intellectuals
    professors ranchers smugglers traffickers associates facilitators commanders commander operatives operative
    affiliates spies defectors deserters captors israelis israeli palestinians palestinian americans american
    russians russian ukrainians ukrainian iraqis iraqi syrians syrian afghans afghan germans french britons
    turks kurds iranians lebanese egyptians sudanese somalis yemenis pakistanis indians chinese koreans
    salvadorans colombians nicaraguans peruvians serbs croats bosnians albanians muslims christians jews hindus
    yazidis rohingya houthis tutsis hutus males male females female souls servants guests hostages-takers
    executives congressmen councilmen deputies deputy ambassadors attaches agents agent detectives investigators
    customers spectators onlookers players fans truckers taxi-drivers mineworkers clerks secretaries ex-soldiers
    veterans orphans widows neighbours neighbors kids kid grandchildren companions colleagues cadets aides aide
    mediators negotiators campesinos cattlemen friars catechists seminarians crewmembers natives countrymen
    compatriots perpetrators criminals suspects gangsters delinquents
    reporter nun monk wife husband parent pilgrim migrant foreigner diplomat adult shopper supporter tribesman herder
    fisherman miner labourer laborer marcher rioter mourner voter delegate minister lawmaker legislator mayor
    businessman merchant bishop unionist rescuer medic paramedic collaborator professor rancher smuggler trafficker
    facilitator spy defector deserter captor maid servant guest congressman councilman ambassador attache detective
    investigator customer spectator onlooker player trucker clerk secretary ex-soldier orphan widow neighbour neighbor
    companion colleague cadet mediator negotiator campesino cattleman friar catechist seminarian crewmember
    countryman compatriot perpetrator gangster delinquent shopkeeper shopkeepers candidate vendor vendors technician
    watchman watchmen porter porters janitor cameraman cameramen photographer photographers imam imams cleric clerics
    """
)

_HOUSING = word_set(
    """
    homes home houses house dwellings dwelling apartments apartment huts hut shacks shack tents tent residences
    residence flats shelters
    """
)
_BUILDINGS = word_set(
    """
    buildings building schools school hospitals hospital churches church mosques mosque shops shop stores store
    bridges bridge offices office factories factory structures structure clinics clinic
    warehouses temples temple pylons towers markets synagogues stalls
    """
)
_AID = word_set("tons ton tonnes tonne truckloads pallets parcels rations")
_MONEY = word_set(
    """
    dollars dollar euros euro pounds sterling yen rubles roubles shillings rupees shekels pesos dinars dirhams
    francs yuan riyals lira hryvnia
    """
)

_DESTROYING = word_set(
    """
    destroy destroys destroyed destroying damage damages damaged damaging demolish demolishes demolished
    demolishing raze razes razed razing burn burns burned burnt burning torch torched torching collapse
    collapsed collapsing flood flooded flooding flatten flattened flattening level leveled levelled wreck
    wrecked bury buried ruined gutted devastated swept lose lost uninhabitable
    """
)
#: Nouns for the destruction of things.
DAMAGED = word_set("destruction damage demolition burning razing loss")


@dataclass(frozen=True, slots=True)
class Units:
    """What words say about the unit of a number; every table is by lower-case form.

    Attributes:
        nouns: the unit of a counted noun, or `PERSON`: "housing-destroyed" is what homes get if they are destroyed;
            "troops" and `PERSON` yield to the verb.
        acts: of the object of a verb: "killed" 12 people.
        subjects: of the subject of a verb: 12 people "fled".
        happenings: of what a noun of happening is about: the "deaths" of 12 people.
        states: of a state: 12 "dead".

    Example:
        >>> [units().noun(word) for word in ("refugees", "villagers", "goals")]
        ['refugees', 'person', None]
    """

    nouns: dict[str, str]
    acts: dict[str, Unit]
    subjects: dict[str, Unit]
    happenings: dict[str, Unit]
    states: dict[str, Unit]

    def noun(self, word: str) -> str | None:
        """The unit of a counted noun, `PERSON`, or None if the noun is not one that is counted."""
        return self.nouns.get(word)

    def act(self, word: str) -> Unit | None:
        """The unit of the object of a verb form, or None."""
        return self.acts.get(word)

    def subject(self, word: str) -> Unit | None:
        """The unit of the subject of a verb form, or None."""
        return self.subjects.get(word)

    def happening(self, word: str) -> Unit | None:
        """The unit of what a noun of happening is about, or None."""
        return self.happenings.get(word)

    def state(self, word: str) -> Unit | None:
        """The unit of a state, or None."""
        return self.states.get(word)


@lru_cache(maxsize=4)  # one codebook serves all reports of a run
def units(own: tuple[UnitWords, ...] = ()) -> Units:
    """The tables of units; a team's own words come before the package's."""
    shipped = _shipped()
    if not own:
        return shipped

    def added(key: str) -> dict[str, Unit]:
        return {word: entry.unit for entry in reversed(own) for word in getattr(entry, key)}

    return Units(shipped.nouns | added("nouns"), shipped.acts | added("verbs"), shipped.subjects | added("subjects"),
                 shipped.happenings | added("happenings"), shipped.states | added("states"))  # fmt: skip


def units_of(doc: Doc) -> Units:
    """The tables of units by which a document is read."""
    kept: Units | None = doc.user_data.get(_KEPT)
    if kept is None:
        kept = doc.user_data[_KEPT] = units(codebook_of(doc).units)
    return kept


@cache
def _shipped() -> Units:
    return Units(_nouns(), _forms(_ACTS), _forms(_SUBJECTS), _forms(_HAPPENINGS), _forms(_STATES))


def _forms(table: dict[Unit, str]) -> dict[str, Unit]:
    return {form: unit for unit, forms in table.items() for form in forms.split()}


def _nouns() -> dict[str, str]:
    table: dict[str, str] = {form: unit for unit, forms in _COUNTED.items() for form in forms.split()}
    table |= dict.fromkeys(_HOUSING, "housing-destroyed") | dict.fromkeys(_BUILDINGS, "buildings")
    table |= dict.fromkeys(_AID, "aid") | dict.fromkeys(_MONEY, "money") | {"casualties": "other", "casualty": "other"}
    table |= dict.fromkeys(_PEOPLE, PERSON) | dict.fromkeys(_TROOPS, "troops")
    return table


def is_destruction(word: str) -> bool:
    """Whether a word form says that a thing is destroyed or damaged."""
    return word in _DESTROYING or word in DAMAGED
